package io.corral.integration.servers;

import io.corral.Containers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.SameThreadExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Undertow with handlers on the I/O thread, blocking ones, and ones that dispatch. */
public final class UndertowProgram {

    private UndertowProgram() {}

    public static int start(String kind, UnaryOperator<@Nullable String> work) {
        Executor pool = Executors.newFixedThreadPool(1);
        HttpHandler answer = exchange -> answer(exchange, work);
        HttpHandler handler = switch (kind) {
            case "io" -> answer;
            case "blocking" -> new BlockingHandler(answer);
            case "dispatch" -> exchange -> exchange.dispatch(pool, answer);
            case "task" -> exchange -> exchange.dispatch(pool, () -> run(exchange, work));
            case "worker" -> exchange -> exchange.dispatch(() -> run(exchange, work));
            default ->
                exchange -> exchange.dispatch(
                        SameThreadExecutor.INSTANCE, () -> pool.execute(() -> run(exchange, work)));
        };
        Undertow server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .addHttpListener(0, "127.0.0.1")
                .setHandler(handler)
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private static void run(HttpServerExchange exchange, UnaryOperator<@Nullable String> work) {
        try {
            answer(exchange, work);
        } finally {
            exchange.endExchange();
        }
    }

    private static void answer(HttpServerExchange exchange, UnaryOperator<@Nullable String> work) {
        String place = work.apply(exchange.getRequestHeaders().getFirst("X-Tenant"));
        exchange.addExchangeCompleteListener((ended, next) -> {
            String at = Containers.current().path();
            if (place.startsWith("/tenants/") && !at.equals(place)) {
                throw new IllegalStateException("the listener for " + place + " is in " + at);
            }
            next.proceed();
        });
        exchange.getResponseSender().send(place + "\n");
    }
}
