import com.acme.Application;

/** Spring Boot 3 with WebFlux: a controller, one that leaves the event loop, and a function. */
public final class Service {

    private static final int ROUNDS = 250;

    public static void main(String[] arguments) throws Exception {
        int port = Application.start(Tenants::work);
        Tenants.inTurns(ROUNDS, tenant -> {
            for (String path : new String[] {"/orders/7", "/bills/7", "/mails/7"}) {
                Tenants.get(port, "/" + tenant + path, tenant);
            }
        });
    }
}
