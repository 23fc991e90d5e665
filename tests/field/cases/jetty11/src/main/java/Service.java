import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;

/** Jetty 11, with the packages of Jakarta. */
public final class Service {

    private static final int ROUNDS = 400;

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new AbstractHandler() {
            @Override
            public void handle(
                    String target,
                    Request baseRequest,
                    HttpServletRequest request,
                    HttpServletResponse response) {
                Tenants.work();
                baseRequest.setHandled(true);
            }
        });
        server.start();
        Tenants.inTurns(ROUNDS, tenant -> Tenants.get(connector.getLocalPort(), "/work", tenant));
    }
}
