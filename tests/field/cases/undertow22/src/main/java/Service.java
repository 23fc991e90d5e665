import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;

import java.net.InetSocketAddress;

/** Undertow 2.2 or 2.3, whose handler gives the request to a worker of XNIO. */
public final class Service {

    private static final int ROUNDS = 400;

    public static void main(String[] arguments) throws Exception {
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(exchange -> exchange.dispatch(() -> answer(exchange)))
                .build();
        server.start();
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        Tenants.inTurns(ROUNDS, tenant -> Tenants.get(port, "/work", tenant));
    }

    private static void answer(HttpServerExchange exchange) {
        // Twice, since the I/O threads alone use as much as one piece of work.
        Tenants.work();
        Tenants.work();
        exchange.endExchange();
    }
}
