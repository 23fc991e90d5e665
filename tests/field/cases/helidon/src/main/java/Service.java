import io.helidon.webserver.WebServer;

/** Helidon SE 4: a virtual thread for each connection. */
public final class Service {

    private static final int ROUNDS = 400;

    public static void main(String[] arguments) throws Exception {
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.get("/work", (request, response) -> {
                    Tenants.work();
                    response.send("done");
                }))
                .build()
                .start();
        Tenants.inTurns(ROUNDS, tenant -> Tenants.get(server.port(), "/work", tenant));
    }
}
