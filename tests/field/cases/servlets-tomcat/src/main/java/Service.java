import jakarta.servlet.Filter;
import java.nio.file.Files;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat with plain servlets. With the argument {@code virtual} its threads are virtual. */
public final class Service {

    private Service() {}

    public static void main(String[] arguments) throws Exception {
        Requests.logNothing();
        String folder = Files.createTempDirectory("case-tomcat").toString();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        if (arguments[0].equals("virtual")) {
            Executor threads = (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            tomcat.getConnector().getProtocolHandler().setExecutor(threads);
        }
        Context context = tomcat.addContext("", folder);
        Wrapper work = Tomcat.addServlet(context, "work", new Parts.Work());
        work.setAsyncSupported(true);
        work.addMapping("/");
        add(context, "code", new Parts.CodeFilter());
        add(context, "principals", new Parts.TokenFilter());
        ErrorPage failed = new ErrorPage();
        failed.setErrorCode(500);
        failed.setLocation(Parts.FAILED);
        context.addErrorPage(failed);
        ErrorPage thrown = new ErrorPage();
        thrown.setExceptionType("java.lang.Throwable");
        thrown.setLocation(Parts.FAILED);
        context.addErrorPage(thrown);
        tomcat.start();
        Requests.send(tomcat.getConnector().getLocalPort(), Parts.NAMES);
    }

    private static void add(Context context, String way, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(way);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(way);
        map.addURLPattern("/" + way + "/*");
        context.addFilterMap(map);
    }
}
