package io.corral.integration.loaders;

import io.corral.Containers;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat with web applications, whose loaders search the application first. */
final class WarProgram {

    /** Kept reachable, because a garbage-collected logger loses its level. */
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    private WarProgram() {}

    /** The arguments: a folder, and the names of the applications in it. Each gets one request. */
    public static void main(String[] arguments) throws Exception {
        TOMCAT_LOG.setLevel(Level.WARNING);
        String folder = arguments[0];
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setThrowOnFailure(true);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        for (int i = 1; i < arguments.length; i++) {
            deploy(tomcat, arguments[i], folder);
        }
        tomcat.start();
        for (int i = 1; i < arguments.length; i++) {
            URI uri = URI.create(
                    "http://127.0.0.1:" + connector.getLocalPort() + "/" + arguments[i] + "/");
            try (InputStream answer = uri.toURL().openStream()) {
                System.out.print(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        tomcat.stop();
        tomcat.destroy();
        System.out.println("forks=" + Containers.at(WarServlet.TENANT).usage().forks());
    }

    private static void deploy(Tomcat tomcat, String name, String folder) {
        Context context = tomcat.addContext("/" + name, folder + "/" + name);
        WebappLoader childFirst = new WebappLoader();
        childFirst.setDelegate(false);
        context.setLoader(childFirst);
        Tomcat.addServlet(context, "servlet", WarServlet.class.getName()).addMapping("/");
    }
}
