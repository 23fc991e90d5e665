package io.corral.benchmarks.loaded;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * A web application as people write them, which knows nothing of Corral. It prints {@code ready} and its port, serves
 * until its standard input ends, closes itself, and prints {@code main} and the CPU nanoseconds its thread main has used.
 */
@SpringBootApplication
@EnableAsync
@EnableScheduling
public class LoadedApplication {

    public static void main(String[] arguments) throws IOException {
        ConfigurableApplicationContext context =
                SpringApplication.run(LoadedApplication.class, arguments);
        System.out.println(
                "ready " + context.getEnvironment().getRequiredProperty("local.server.port"));
        while (System.in.read() >= 0) {
            // Until who has started it wants it to end.
        }
        context.close();
        System.out.println("main " + ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }
}
