import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with its default pool of 200 workers, or with virtual threads. */
public final class Service {

    private Service() {}

    /** The kind of threads, and the arguments of {@link Clients}. */
    public static void main(String[] arguments) throws Exception {
        Flood.calibrate();
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
        context.addServlet(Work.class, "/work");
        server.setHandler(context);
        server.start();
        Flood.run(connector.getLocalPort(), Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    /** Public, since the server makes it. */
    public static final class Work extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            try {
                Flood.work(request.getQueryString());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            response.getOutputStream().print("done");
        }
    }
}
