package io.corral.benchmarks.process;

import io.corral.benchmarks.Jdk;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** What is started to learn what a start costs. */
enum Program {
    HELLO {
        @Override
        List<String> arguments() {
            return List.of("-cp", Built.jar().toString(), Hello.class.getName());
        }
    },

    /** The application of the module {@code spring-boot}. */
    SPRING_BOOT {
        @Override
        List<String> arguments() throws IOException {
            return List.of(
                    "-cp",
                    Built.springBoot(),
                    "io.corral.benchmarks.spring.Application",
                    "--server.address=127.0.0.1",
                    "--server.port=0");
        }
    };

    /** Else it would follow the machine's memory, and what a JVM does at its start follows it. */
    private static final String HEAP = "-Xmx256m";

    /** Class path, main class and what it is told. */
    abstract List<String> arguments() throws IOException;

    List<String> command(Jdk jdk, Setup setup) throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString(), HEAP));
        command.addAll(setup.flags());
        command.addAll(arguments());
        return command;
    }

    /** The cost of an agent that is not there would look splendid. */
    void checkActive(Jdk jdk, Setup corral) throws IOException {
        List<String> command = command(jdk, corral);
        command.add(1, "-Dcorral.log=info");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (!said.contains("corral: active")) {
            throw new IOException(corral + " is not active on " + jdk.version() + ": " + said);
        }
    }
}
