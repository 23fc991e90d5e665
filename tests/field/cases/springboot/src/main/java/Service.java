import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring Boot as a new project has it: with Spring MVC on Tomcat, or WebFlux on Reactor Netty. */
@Configuration
@EnableAutoConfiguration
public class Service {

    private static final int ROUNDS = 700;

    public static void main(String[] arguments) throws Exception {
        SpringApplication application = new SpringApplication(Service.class);
        application.setDefaultProperties(Map.of("server.port", "0", "server.address", "127.0.0.1"));
        ConfigurableApplicationContext context = application.run(arguments);
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        Tenants.inTurns(ROUNDS, tenant -> Tenants.get(port, "/work", tenant));
    }

    @RestController
    static class Work {
        @GetMapping("/work")
        String work() {
            Tenants.work();
            return "done";
        }
    }
}
