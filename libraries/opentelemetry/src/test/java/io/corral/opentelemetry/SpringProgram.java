package io.corral.opentelemetry;

import io.corral.Container;
import io.corral.Containers;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Boot application that knows nothing of spans. */
@Configuration
@EnableAutoConfiguration
public class SpringProgram {

    private static volatile long sink;

    /** @param arguments whether requests are on virtual threads */
    public static void main(String[] arguments) throws Exception {
        serve(SpringProgram.class, arguments[0]);
        System.exit(0);
    }

    /** Prints the port. At the end of the standard input it prints the CPU time of tenants. */
    static void serve(Class<?> program, String isVirtual) throws Exception {
        SpringApplication application = new SpringApplication(program);
        application.setDefaultProperties(Map.of(
                "server.port",
                "0",
                "server.address",
                "127.0.0.1",
                "spring.threads.virtual.enabled",
                isVirtual));
        WebServerApplicationContext context = (WebServerApplicationContext) application.run();
        System.out.println("port=" + context.getWebServer().getPort());
        System.in.read();
        Containers.snapshot(Duration.ZERO);
        for (Container each : Containers.at("/tenants").children()) {
            System.out.println("cpu " + each.name() + "=" + each.usage().cpuNanos());
        }
    }

    @RestController
    static class Work {

        /** Virtual only if requests are to be on virtual threads. */
        @GetMapping("/work")
        String work(@RequestParam("rounds") int rounds) {
            burn(rounds);
            return Thread.currentThread().toString();
        }
    }

    static void burn(int rounds) {
        long hash = sink;
        for (int i = 0; i < rounds; i++) {
            hash = hash * 31 + i;
        }
        sink = hash;
    }
}
