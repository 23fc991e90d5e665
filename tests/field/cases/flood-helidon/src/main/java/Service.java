import io.helidon.webserver.WebServer;

import java.util.Arrays;

/** Helidon SE 4: a virtual thread for each connection. */
public final class Service {

    private Service() {}

    /** The kind of threads, which is virtual, and the arguments of {@link Clients}. */
    public static void main(String[] arguments) throws Exception {
        Flood.calibrate();
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.get("/work", (request, response) -> {
                    Flood.work(request.query().rawValue());
                    response.send("done");
                }))
                .build()
                .start();
        Flood.run(server.port(), Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
