package io.corral.integration.rules;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpServer;
import io.corral.Containers;
import io.corral.integration.support.LoopbackTomcat;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.EnumSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Serves one path with a server of one kind, sends a request, and prints the answer: the container
 * that handled it.
 */
final class HttpRulesProgram {

    /** Kept reachable, because a garbage-collected logger loses its level. */
    private static final Logger LOG = Logger.getLogger("");

    private static final String USER =
            Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));

    private HttpRulesProgram() {}

    public static void main(String[] arguments) throws Exception {
        LOG.setLevel(Level.OFF);
        int port = switch (arguments[0]) {
            case "jdk" -> jdk();
            case "tomcat" -> tomcat(new Answer(), "/orders/*");
            case "spring" -> tomcat(dispatcher(Orders.class), "/");
            case "spring-function" -> tomcat(dispatcher(Routes.class), "/");
            case "spring-handler" -> tomcat(dispatcher(Handlers.class), "/");
            case "jetty" -> jetty(new ContextHandler(new JettyAnswer(), "/shop"));
            case "jetty-servlet" -> jetty(servlets());
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        System.out.println("request=" + ask(port, "/shop/orders/7?of=a%20b", true));
        System.out.println("encoded=" + ask(port, "/%73hop/orders/7?of=a%20b", true));
        System.out.println("anonymous=" + ask(port, "/shop/orders/7", false));
        System.exit(0);
    }

    private static String ask(int port, String path, boolean isTenant) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (isTenant) {
            request.header("X-Tenant", "acme")
                    .header("Cookie", "a=b; tenant=globex")
                    .header("Authorization", "Basic " + USER);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    static String currentPath() {
        return Containers.current().path() + " "
                + Containers.hierarchy("endpoint").current().path() + " "
                + Containers.hierarchy("query").current().path() + " "
                + Containers.hierarchy("place").current().path() + " "
                + Containers.hierarchy("user").current().path();
    }

    private static int jdk() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/shop/orders", HttpRulesProgram::answer)
                .setAuthenticator(new OptionalUser());
        server.start();
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = currentPath().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Authenticates the user if the request has one. */
    private static final class OptionalUser extends Authenticator {

        @Override
        public Result authenticate(HttpExchange exchange) {
            String user = user(exchange.getRequestHeaders().getFirst("Authorization"));
            return new Success(user == null ? null : new HttpPrincipal(user, "shop"));
        }
    }

    /** Null for a request without a user. */
    private static @Nullable String user(@Nullable String authorization) {
        return authorization != null && authorization.endsWith(USER) ? "ann" : null;
    }

    /** As a security framework does it: passes on a request that knows its user. */
    private static void authenticate(
            ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        String user = user(http.getHeader("Authorization"));
        ServletRequest authenticated = new HttpServletRequestWrapper(http) {
            @Override
            public @Nullable Principal getUserPrincipal() {
                return user == null ? null : () -> user;
            }
        };
        chain.doFilter(authenticated, response);
    }

    private static int tomcat(HttpServlet servlet, String pattern) throws Exception {
        LoopbackTomcat tomcat = new LoopbackTomcat("/shop");
        tomcat.add(servlet, pattern);
        tomcat.add(HttpRulesProgram::authenticate, "/*");
        return tomcat.start();
    }

    private static DispatcherServlet dispatcher(Class<?> answers) {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.register(Controllers.class, answers);
        return new DispatcherServlet(context);
    }

    @Configuration
    @EnableWebMvc
    static class Controllers {}

    @RestController
    static class Orders {

        @GetMapping("/orders/{id}")
        String order(@PathVariable("id") String id) {
            return currentPath();
        }
    }

    @Configuration
    static class Routes {

        @Bean
        RouterFunction<ServerResponse> orders() {
            return RouterFunctions.route()
                    .GET("/orders/{id}", request -> ServerResponse.ok().body(currentPath()))
                    .build();
        }
    }

    /** A handler without a pattern, like that of static files. */
    @Configuration
    static class Handlers {

        @Bean("/orders/*")
        HttpRequestHandler orders() {
            return (request, response) -> response.getWriter().print(currentPath());
        }
    }

    @SuppressWarnings("serial") // never serialized
    private static final class Answer extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            response.getWriter().print(currentPath());
        }
    }

    private static int jetty(Handler handler) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
        return connector.getLocalPort();
    }

    private static Handler servlets() {
        ServletContextHandler context = new ServletContextHandler("/shop");
        context.addServlet(new ServletHolder(new Answer()), "/orders/*");
        context.addFilter(
                new FilterHolder(HttpRulesProgram::authenticate),
                "/*",
                EnumSet.of(DispatcherType.REQUEST));
        return context;
    }

    private static final class JettyAnswer extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.write(
                    true,
                    ByteBuffer.wrap(currentPath().getBytes(StandardCharsets.UTF_8)),
                    callback);
            return true;
        }
    }
}
