package io.corral.integration.support;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/** An embedded Tomcat with one application, on a free port of the loopback address. */
public final class LoopbackTomcat {

    private final Tomcat tomcat = new Tomcat();
    private final Context context;

    /** @param path of the application; empty for the root */
    public LoopbackTomcat(String path) throws IOException {
        String folder = Files.createTempDirectory("corral-tomcat").toString();
        tomcat.setSilent(true);
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        connector().setProperty("address", "127.0.0.1");
        context = tomcat.addContext(path, folder);
    }

    public Connector connector() {
        return tomcat.getConnector();
    }

    public Context context() {
        return context;
    }

    public void useVirtualThreads() {
        connector().getProtocolHandler().setExecutor(new VirtualThreadExecutor("request-"));
    }

    /** Its requests may become asynchronous. */
    public void add(Servlet servlet, String pattern) {
        Wrapper added = Tomcat.addServlet(context, "work", servlet);
        added.setAsyncSupported(true);
        added.addMapping(pattern);
    }

    /** Its requests may become asynchronous. */
    public void add(Filter filter, String pattern) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("filter");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("filter");
        mapping.addURLPattern(pattern);
        context.addFilterMap(mapping);
    }

    public void addErrorPage(int status, String location) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(location);
        context.addErrorPage(page);
    }

    /** @return the port */
    public int start() throws LifecycleException {
        tomcat.start();
        return connector().getLocalPort();
    }
}
