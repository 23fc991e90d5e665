package io.corral.examples.service;

import com.fasterxml.jackson.jr.ob.JSON;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * Serves until its standard input ends: {@code Service PORT [unfiltered] [platform]}. Port 0 stands
 * for a free one. Without its filter the service enters no containers, and rules may do that
 * instead. When it is ready it prints {@code ready} and the port. For each byte of its input it
 * prints a {@link UsageReading}, as JSON: also while all threads for requests are busy.
 */
public final class Service {

    /** The argument if no filter is to enter containers. */
    public static final String UNFILTERED = "unfiltered";

    /** The argument for requests on platform threads, also where there are virtual ones. */
    public static final String PLATFORM = "platform";

    /** The argument for requests on virtual threads where there are some, as without it. */
    public static final String VIRTUAL = "virtual";

    /** Kept reachable, because a garbage-collected logger loses its level. */
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    private final Path directory = Files.createTempDirectory("corral-demo-tomcat");
    private final Units units = new Units();
    private final Tomcat tomcat = new Tomcat();

    private Service() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        TOMCAT_LOG.setLevel(Level.WARNING);
        Service service = new Service();
        Runtime.getRuntime().addShutdownHook(new Thread(service::stop, "stop"));
        List<String> given = List.of(arguments);
        int port = service.start(
                given.isEmpty() ? 0 : Integer.parseInt(given.get(0)),
                !given.contains(UNFILTERED),
                VirtualThreads.exist() && !given.contains(PLATFORM));
        System.out.println("ready " + port);
        // The starting process has the other end, and this service ends with it.
        for (int asked = System.in.read(); asked != -1; asked = System.in.read()) {
            System.out.println(JSON.std.asString(UsageReader.read(service.units)));
        }
        System.exit(0);
    }

    private int start(int port, boolean isFiltered, boolean isVirtual) throws Exception {
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector(port, isVirtual));
        Context context = tomcat.addContext("", directory.toString());
        add(context, new UsageServlet(units), Shop.USAGE_PATH);
        for (Work work : List.of(
                new OrdersWork(),
                new DigestWork(),
                new ReportWork(),
                new QueryWork(),
                DigestWork.busy(),
                DigestWork.loop())) {
            add(context, new EndpointServlet(work, units), work.path());
            // Classes are loaded and tables filled now; otherwise the first tenant would be
            // charged.
            RequestThreads.work(work);
        }
        if (isFiltered) {
            add(context, new ContainerFilter());
        }
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    private static Connector connector(int port, boolean isVirtual) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("useVirtualThreads", Boolean.toString(isVirtual));
        return connector;
    }

    private static void add(Context context, Servlet servlet, String path) {
        Tomcat.addServlet(context, path, servlet).addMapping(path);
    }

    private static void add(Context context, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("containers");
        definition.setFilter(filter);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("containers");
        Shop.ENDPOINTS.forEach(mapping::addURLPattern);
        context.addFilterDef(definition);
        context.addFilterMap(mapping);
    }

    private void stop() {
        try {
            tomcat.stop();
            tomcat.destroy();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (LifecycleException | IOException e) {
            System.err.println("The service did not stop cleanly: " + e);
        }
    }
}
