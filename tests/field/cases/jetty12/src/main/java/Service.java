import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/** Jetty 12 without servlets. */
public final class Service {

    private static final int ROUNDS = 400;

    public static void main(String[] arguments) throws Exception {
        Invocable.InvocationType type =
                Invocable.InvocationType.valueOf(System.getProperty("case.invocation", "BLOCKING"));
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract(type) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Tenants.work();
                callback.succeeded();
                return true;
            }
        });
        server.start();
        Tenants.inTurns(ROUNDS, tenant -> Tenants.get(connector.getLocalPort(), "/work", tenant));
    }
}
