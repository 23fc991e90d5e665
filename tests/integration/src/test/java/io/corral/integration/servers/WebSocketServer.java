package io.corral.integration.servers;

import io.corral.Containers;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.integration.support.LoopbackTomcat;
import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.tomcat.websocket.server.WsSci;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session.Listener.AbstractAutoDemanding;
import org.jspecify.annotations.Nullable;

/**
 * A server with a WebSocket. A tenant that may have one request at once opens two sockets, and
 * fails to open a third one while it has a request under way.
 */
public final class WebSocketServer {

    private static final CountDownLatch HELD = new CountDownLatch(1);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private WebSocketServer() {}

    /** The arguments are {@code tomcat}, {@code jetty} or {@code undertow}, and a limit. */
    public static void main(String[] arguments) throws Exception {
        int port = switch (arguments[0]) {
            case "tomcat" -> tomcat();
            case "jetty" -> jetty();
            default -> undertow();
        };
        Limits limits = Containers.at("/tenants/a").limits();
        limits.requestsMax(Long.parseLong(arguments[1]));
        Client first = new Client(port);
        awaitEnd(limits);
        Client second = new Client(port);
        awaitEnd(limits);
        System.out.println("opened=" + limits.stat().admitted());
        try (KeptConnection connection = new KeptConnection(port)) {
            connection.send("/", "a", "");
            HELD.await();
            System.out.println("third=" + new Client(port).failure);
            System.out.println("echoes=" + first.ask("one") + " " + second.ask("two"));
            RELEASED.countDown();
            System.out.println("held=" + connection.receive().status());
        }
        awaitEnd(limits);
        first.close();
        second.close();
        LimitStat stat = limits.stat();
        System.out.println("left=" + stat.requests() + " over=" + stat.over() + " lost="
                + stat.lost() + " peak=" + stat.peakRequests());
        System.exit(0);
    }

    private static void awaitEnd(Limits limits) {
        while (limits.stat().requests() > 0) {
            Thread.onSpinWait();
        }
    }

    private static int tomcat() throws Exception {
        LoopbackTomcat tomcat = new LoopbackTomcat("");
        tomcat.context().addServletContainerInitializer(new WsSci(), Set.of());
        tomcat.context().addApplicationListener(Deployer.class.getName());
        tomcat.add(new Hold(), "/");
        return tomcat.start();
    }

    private static int jetty() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Hold()), "/");
        JettyWebSocketServletContainerInitializer.configure(
                context,
                (application, container) ->
                        container.addMapping("/echo", (request, response) -> new JettyEcho()));
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    private static int undertow() {
        HttpHandler hold = new BlockingHandler(exchange -> {
            hold();
            exchange.getResponseSender().send("done\n");
        });
        return ServletServers.undertow(Handlers.path(hold)
                .addExactPath("/echo", Handlers.websocket((exchange, channel) -> {
                    channel.getReceiveSetter().set(new AbstractReceiveListener() {
                        @Override
                        protected void onFullTextMessage(
                                WebSocketChannel from, BufferedTextMessage text) {
                            WebSockets.sendText(text.getData(), from, null);
                        }
                    });
                    channel.resumeReceives();
                })));
    }

    private static void hold() throws IOException {
        HELD.countDown();
        try {
            RELEASED.await();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    /** Adds the endpoint. Tomcat creates it. */
    public static final class Deployer implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServerContainer container = (ServerContainer)
                    event.getServletContext().getAttribute(ServerContainer.class.getName());
            try {
                container.addEndpoint(
                        ServerEndpointConfig.Builder.create(Echo.class, "/echo").build());
            } catch (DeploymentException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Sends each text back. Tomcat creates it. */
    public static final class Echo extends Endpoint {

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>)
                    text -> session.getAsyncRemote().sendText(text));
        }
    }

    /** The same for Jetty, which calls its methods. */
    public static final class JettyEcho extends AbstractAutoDemanding {

        @Override
        public void onWebSocketText(String text) {
            getSession().sendText(text, Callback.NOOP);
        }
    }

    @SuppressWarnings("serial") // never serialized
    private static final class Hold extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            hold();
            response.getWriter().println("done");
        }
    }

    /** A socket of tenant a. */
    private static final class Client implements WebSocket.Listener {

        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private @Nullable WebSocket socket;
        private String failure = "";

        Client(int port) {
            try {
                socket = CLIENT.newWebSocketBuilder()
                        .header("X-Tenant", "a")
                        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/echo"), this)
                        .join();
            } catch (CompletionException failed) {
                failure = failed.getCause() instanceof WebSocketHandshakeException refused
                        ? refused.getResponse().statusCode() + " "
                                + refused.getResponse()
                                        .headers()
                                        .firstValue("Retry-After")
                                        .orElse("")
                        : failed.toString();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence text, boolean isLast) {
            texts.add(text.toString());
            from.request(1);
            return null;
        }

        String ask(String text) throws InterruptedException {
            if (socket != null) {
                socket.sendText(text, true).join();
            }
            return texts.take();
        }

        void close() {
            if (socket != null) {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            }
        }
    }
}
