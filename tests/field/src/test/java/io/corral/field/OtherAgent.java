package io.corral.field;

import io.corral.integration.harness.Jdk;

import java.util.List;
import java.util.Locale;

/** An agent of somebody else, of the case {@code agent-NAME}. */
enum OtherAgent {
    OPENTELEMETRY("opentelemetry-javaagent", "ways.OpenTelemetryContext", 25, Flags.OPENTELEMETRY),
    SPLUNK("splunk-otel-javaagent", "ways.OpenTelemetryContext", 25, Flags.OPENTELEMETRY),
    DATADOG(
            "dd-java-agent",
            "ways.OpenTelemetryContext",
            25,
            List.of(
                    "-Ddd.trace.otel.enabled=true",
                    "-Ddd.trace.startup.logs=false",
                    "-Ddd.writer.type=LoggingWriter",
                    "-Ddd.telemetry.enabled=false",
                    "-Ddd.remote_config.enabled=false",
                    "-Ddd.profiling.enabled=true",
                    "-Ddd.profiling.start-force-first=true",
                    "-Ddatadog.slf4j.simpleLogger.defaultLogLevel=off")),
    ELASTIC(
            "elastic-apm-agent",
            "ways.OpenTelemetryContext",
            25,
            List.of(
                    "-Delastic.apm.disable_send=true",
                    "-Delastic.apm.log_level=OFF",
                    "-Delastic.apm.central_config=false",
                    "-Delastic.apm.cloud_provider=NONE",
                    "-Delastic.apm.enable_experimental_instrumentations=true")),
    TTL("transmittable-thread-local", "ways.TransmittableContext", 25, List.of()),
    GLOWROOT("glowroot-agent", "none", 25, List.of()),
    /** This version does nothing on a newer JDK. It takes only a key with letters. */
    NEWRELIC(
            "newrelic-agent",
            "ways.NewRelicContext",
            21,
            List.of(
                    "-Dnewrelic.config.app_name=ways",
                    "-Dnewrelic.config.license_key=00000000000000000000000000000000fieldNRAL",
                    "-Dnewrelic.config.host=127.0.0.1",
                    "-Dnewrelic.config.log_file_name=STDOUT",
                    "-Dnewrelic.config.log_level=off")),
    PYROSCOPE(
            "agent",
            "none",
            25,
            List.of(
                    "-Dpyroscope.application.name=ways",
                    "-Dpyroscope.server.address=http://127.0.0.1:1",
                    "-Dpyroscope.log.level=error")),
    JACOCO("org.jacoco.agent", "none", 25, List.of()),
    BYTEMAN("byteman", "none", 25, List.of()),
    MOCKITO("mockito-core", "ways.Mocks", 25, List.of()),
    ASPECTJ("aspectjweaver", "none", 25, List.of()),
    KOTLIN("kotlinx-coroutines-core", "none", 25, List.of()),
    BLOCKHOUND("blockhound", "none", 25, List.of("-XX:+AllowRedefinitionToAddDeleteMethods")),
    /** Not a Java agent: the program starts it. */
    ASYNCPROFILER("async-profiler", "ways.Profiler", 25, List.of());

    private final String jar;
    private final String context;
    private final int newest;
    private final List<String> flags;

    OtherAgent(String jar, String context, int newest, List<String> flags) {
        this.jar = jar;
        this.context = context;
        this.newest = newest;
        this.flags = flags;
    }

    /** The case with its jar. */
    String caseName() {
        return "agent-" + name().toLowerCase(Locale.ROOT);
    }

    /** The class of its context, below {@code cases/ways}. */
    String context() {
        return context;
    }

    boolean supports(Jdk jdk) {
        return jdk.feature() <= newest;
    }

    /** Skips the test if the agent can't be had. */
    List<String> flag() {
        String file = CaseProject.named(caseName()).file(jar);
        return switch (this) {
            case ASYNCPROFILER -> List.of();
            case JACOCO -> List.of("-javaagent:" + file + "=output=none");
            case GLOWROOT ->
                List.of(
                        "-javaagent:" + file,
                        "-Dglowroot.log.dir=target/tmp",
                        "-Dglowroot.tmp.dir=target/tmp");
            default -> List.of("-javaagent:" + file);
        };
    }

    List<String> flags() {
        return flags;
    }

    private static final class Flags {
        static final List<String> OPENTELEMETRY = List.of(
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "-Dotel.javaagent.logging=none");
    }
}
