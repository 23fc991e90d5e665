import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** Spring Boot with its default pool of 200 workers, or with virtual threads. */
@Configuration
@EnableAutoConfiguration
public class Service {

    /** The kind of threads, and the arguments of {@link Clients}. */
    public static void main(String[] arguments) throws Exception {
        Flood.calibrate();
        SpringApplication application = new SpringApplication(Service.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "logging.level.root", "OFF",
                "spring.threads.virtual.enabled", arguments[0].equals("virtual")));
        ConfigurableApplicationContext context = application.run();
        int port = context.getEnvironment().getProperty("local.server.port", Integer.class);
        Flood.run(port, java.util.Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    @Controller
    static class Work {

        @GetMapping("/work")
        @ResponseBody
        String handle(HttpServletRequest request) throws InterruptedException {
            Flood.work(request.getQueryString());
            return "done";
        }
    }
}
