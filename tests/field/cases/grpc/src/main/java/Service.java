import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A gRPC server with one service; the methods a, b and c do the same, each for its tenant. */
public final class Service {

    private static final int ROUNDS = 400;
    private static final Metadata.Key<String> TENANT =
            Metadata.Key.of("x-tenant", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> RETRY =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    public static void main(String[] arguments) throws Exception {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder("field.Work");
        for (String name : Tenants.NAMES) {
            service.addMethod(method(name), ServerCalls.asyncUnaryCall(Service::work));
        }
        ServerBuilder<?> builder =
                Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create());
        if (Boolean.getBoolean("case.direct")) {
            builder.directExecutor();
        }
        Server server = builder.addService(service.build()).build().start();
        Channel channel = Grpc.newChannelBuilder(
                        "127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
        Tenants.inTurns(ROUNDS, tenant -> {
            Metadata headers = new Metadata();
            headers.put(TENANT, tenant);
            Channel of = ClientInterceptors.intercept(
                    channel, MetadataUtils.newAttachHeadersInterceptor(headers));
            try {
                ClientCalls.blockingUnaryCall(of, method(tenant), CallOptions.DEFAULT, "work");
                Shedding.print(tenant + " OK");
            } catch (StatusRuntimeException refused) {
                Shedding.print(tenant + " " + refused.getStatus().getCode() + " "
                        + refused.getTrailers().get(RETRY) + ": "
                        + refused.getStatus().getDescription());
            }
        });
    }

    private static void work(String request, StreamObserver<String> response) {
        Tenants.work();
        response.onNext(request);
        response.onCompleted();
    }

    private static MethodDescriptor<String, String> method(String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("field.Work/" + name)
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream bytes) {
            try {
                return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
