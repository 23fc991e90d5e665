package io.corral.rules.servers;

import io.corral.rules.values.MethodCall;
import io.corral.rules.values.PropertyPath;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.TimeUnit;

/** Closes a call with {@code RESOURCE_EXHAUSTED}, and tells the client when to try again. */
final class GrpcAnswer {

    /** The name that clients of gRPC know. */
    private static final String RETRY = "grpc-retry-pushback-ms";

    /** Of a call; a stream has none. */
    private static final PropertyPath CONTEXT = PropertyPath.of("context?");

    private GrpcAnswer() {}

    static void give(SkippedCall call) throws InvocationTargetException {
        Object closed = call.response();
        Object status = SkippedCall.present(MethodCall.on(
                LibraryClass.of(closed, "io.grpc.Status").constant("RESOURCE_EXHAUSTED"),
                "withDescription",
                call.message()));
        LibraryClass metadata = LibraryClass.of(closed, "io.grpc.Metadata");
        Object key = SkippedCall.present(LibraryClass.of(closed, "io.grpc.Metadata$Key")
                .call("of", RETRY, metadata.constant("ASCII_STRING_MARSHALLER")));
        Object trailers = metadata.create();
        long millis = TimeUnit.SECONDS.toMillis(call.retryAfterSeconds());
        MethodCall.on(trailers, "put", key, Long.toString(millis));
        Object listener =
                LibraryClass.of(closed, "io.grpc.internal.ServerImpl").constant("NOOP_LISTENER");
        MethodCall.on(closed, "close", status, trailers);
        Object context = CONTEXT.read(closed);
        if (context != null) {
            MethodCall.on(context, "close");
        }
        call.result(listener);
    }
}
