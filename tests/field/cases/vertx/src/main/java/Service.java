import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

import java.util.concurrent.TimeUnit;

/** A Vert.x HTTP server; requests for {@code /blocking} are handled on its worker pool. */
public final class Service {

    private static final int ROUNDS = 300;

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    Tenants.work();
                    if (request.path().equals("/blocking")) {
                        vertx.executeBlocking(Service::block)
                                .onComplete(done -> request.response().end());
                    } else {
                        request.response().end();
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        Tenants.inTurns(ROUNDS, tenant -> {
            Tenants.get(server.actualPort(), "/work", tenant);
            Tenants.get(server.actualPort(), "/blocking", tenant);
        });
    }

    private static boolean block() {
        Tenants.work();
        return true;
    }
}
