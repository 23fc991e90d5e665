import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with plain servlets. With the argument {@code virtual} its threads are virtual. */
public final class Service {

    private Service() {}

    public static void main(String[] arguments) throws Exception {
        Requests.logNothing();
        QueuedThreadPool pool = new QueuedThreadPool();
        if (arguments[0].equals("virtual")) {
            Executor threads = (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            pool.setVirtualThreadsExecutor(threads);
        }
        Server server = new Server(pool);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder work = new ServletHolder(new Parts.Work());
        work.setAsyncSupported(true);
        context.addServlet(work, "/");
        add(context, "code", new Parts.CodeFilter());
        add(context, "principals", new Parts.TokenFilter());
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(500, Parts.FAILED);
        context.setErrorHandler(errors);
        server.setHandler(context);
        server.start();
        Requests.send(connector.getLocalPort(), Parts.NAMES);
    }

    private static void add(ServletContextHandler context, String way, Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/" + way + "/*", EnumSet.of(DispatcherType.REQUEST));
    }
}
