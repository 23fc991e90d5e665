package io.corral.integration.placement;

import io.corral.Containers;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * The real Tomcat, which answers with the path of the container where a request's thread is at
 * home.
 */
final class TomcatServer implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();

    /** Tomcat with its default pools. */
    static TomcatServer start() throws IOException, LifecycleException {
        return new TomcatServer(false);
    }

    static TomcatServer startOnVirtualThreads() throws IOException, LifecycleException {
        return new TomcatServer(true);
    }

    private TomcatServer(boolean isVirtual) throws IOException, LifecycleException {
        Path folder = Files.createTempDirectory("corral-tomcat");
        tomcat.setSilent(true);
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "home", new Home()).addMapping("/");
        if (isVirtual) {
            tomcat.getConnector()
                    .getProtocolHandler()
                    .setExecutor(new VirtualThreadExecutor("request-"));
        }
        tomcat.start();
    }

    String request() throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
        return new String(uri.toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Home extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            response.getWriter().print(Containers.of(Thread.currentThread()).path());
        }
    }
}
