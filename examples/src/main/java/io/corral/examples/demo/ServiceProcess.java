package io.corral.examples.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.corral.examples.service.Service;
import io.corral.examples.service.Shop;
import io.corral.examples.service.UsageReading;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service in a separate JVM, which makes a flight recording. */
final class ServiceProcess implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Child child;
    private final String usagePath;
    private final int port;

    ServiceProcess(DemoOptions options) throws DemoFailure, IOException, InterruptedException {
        // Otherwise a run that fails to record would show the recording of an earlier run.
        Files.deleteIfExists(options.recording());
        usagePath = Shop.USAGE_PATH + "?" + Shop.HIERARCHIES + "=" + options.hierarchies();
        child = new Child("the service", command(options));
        try {
            port = Integer.parseInt(child.await(60, "ready ").substring("ready ".length()));
        } catch (DemoFailure e) {
            child.close();
            throw e;
        }
    }

    private static List<String> command(DemoOptions options) {
        List<String> command = new ArrayList<>(List.of(
                java(options.javaHome()),
                "-Xms256m",
                "-Xmx256m",
                options.attach()
                        ? "-XX:+EnableDynamicAgentLoading"
                        : "-javaagent:" + options.agent() + "=" + arguments(options),
                "-XX:StartFlightRecording:filename="
                        + options.recording()
                        + ",settings=default,settings="
                        + options.settings(),
                "-cp",
                System.getProperty("java.class.path"),
                Service.class.getName(),
                Integer.toString(options.port())));
        if (!options.filter()) {
            command.add(Service.UNFILTERED);
        }
        return command;
    }

    private static String arguments(DemoOptions options) {
        @Nullable Path rules = options.rules();
        return rules == null ? "" : "rules=" + rules;
    }

    /** Loads the agent into the running service. */
    void attach(DemoOptions options) throws DemoFailure, IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(child.pid()));
            try {
                jvm.loadAgent(options.agent().toString(), arguments(options));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException
                | AgentLoadException
                | AgentInitializationException e) {
            throw new DemoFailure("the agent could not be loaded into the service: " + e);
        }
    }

    static String java(Path home) {
        return home.resolve("bin").resolve("java").toString();
    }

    /** Fails with one line if the port is taken; the service would print a stack trace. */
    static void checkFree(int port) throws DemoFailure, IOException {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (BindException e) {
            throw new DemoFailure("port " + port + " is taken (" + e.getMessage()
                    + "); choose another with --port N");
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return child.pid();
    }

    /** Reads the usage from the API in the service. */
    UsageReading usage() throws DemoFailure, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + usagePath))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new DemoFailure(
                        Shop.USAGE_PATH + " answered with status " + response.statusCode());
            }
            return JSON.std.beanFrom(UsageReading.class, response.body());
        } catch (IOException e) {
            throw new DemoFailure("no usable answer from " + Shop.USAGE_PATH + ": " + e);
        }
    }

    List<String> errorLines() {
        return child.errorLines();
    }

    /** Returns when the JVM has written its recording and ended. */
    void stop() throws DemoFailure, IOException, InterruptedException {
        child.stop();
    }

    @Override
    public void close() {
        child.close();
    }
}
