package io.corral.integration.servers;

import io.corral.integration.support.LoopbackTomcat;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.coyote.http2.Http2Protocol;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Servers with one servlet for all paths, which is the page for an error as well. They know HTTP/2
 * without encryption.
 */
final class ServletServers {

    /** The path of the servlet for an error. */
    static final String FAILED = "/failed";

    /** The path for which a handler of Jetty throws an error, before the servlets. */
    static final String HANDLER_ERROR = "/handler-error";

    private ServletServers() {}

    /**
     * @param server {@code tomcat}, {@code jetty} or {@code undertow-servlet}
     * @param isVirtual whether virtual threads handle the requests
     * @param error the status for which {@link #FAILED} is called
     * @return the port
     */
    static int start(String server, boolean isVirtual, HttpServlet servlet, int error)
            throws Exception {
        return switch (server) {
            case "tomcat" -> tomcat(isVirtual, servlet, error);
            case "jetty" -> jetty(isVirtual, servlet, error);
            default -> undertow(isVirtual, servlet, error);
        };
    }

    /** One for each task. The JDK has them. */
    static Executor virtualThreads() throws ReflectiveOperationException {
        return (Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static int tomcat(boolean isVirtual, HttpServlet servlet, int error) throws Exception {
        LoopbackTomcat tomcat = new LoopbackTomcat("");
        tomcat.connector().addUpgradeProtocol(new Http2Protocol());
        if (isVirtual) {
            tomcat.useVirtualThreads();
        }
        tomcat.add(servlet, "/");
        tomcat.addErrorPage(error, FAILED);
        return tomcat.start();
    }

    private static int jetty(boolean isVirtual, HttpServlet servlet, int error) throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool();
        if (isVirtual) {
            pool.setVirtualThreadsExecutor(virtualThreads());
        }
        Server server = new Server(pool);
        HttpConfiguration http = new HttpConfiguration();
        ServerConnector connector = new ServerConnector(
                server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder work = new ServletHolder(servlet);
        work.setAsyncSupported(true);
        context.addServlet(work, "/");
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(error, FAILED);
        context.setErrorHandler(errors);
        server.setHandler(new Handler.Wrapper(context) {
            @Override
            public boolean handle(Request request, Response response, Callback callback)
                    throws Exception {
                if (Request.getPathInContext(request).equals(HANDLER_ERROR)) {
                    throw new AssertionError("asked for");
                }
                return super.handle(request, response, callback);
            }
        });
        server.start();
        return connector.getLocalPort();
    }

    private static int undertow(boolean isVirtual, HttpServlet servlet, int error)
            throws Exception {
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(servlet.getClass().getClassLoader())
                .setContextPath("/")
                .setDeploymentName("work")
                .addServlet(Servlets.servlet(
                                "work", servlet.getClass(), new ImmediateInstanceFactory<>(servlet))
                        .setAsyncSupported(true)
                        .addMapping("/"))
                .addErrorPage(new io.undertow.servlet.api.ErrorPage(FAILED, error));
        if (isVirtual) {
            Executor threads = virtualThreads();
            deployment.setExecutor(threads).setAsyncExecutor(threads);
        }
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        return undertow(manager.start());
    }

    /** Undertow with a handler of its own API. */
    static int undertow(HttpHandler handler) {
        Undertow server = Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpListener(0, "127.0.0.1")
                .setHandler(handler)
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }
}
