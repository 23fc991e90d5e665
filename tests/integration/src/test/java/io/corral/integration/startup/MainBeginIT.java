package io.corral.integration.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.support.ArchiveApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exporters of metrics are loaded when {@code main} begins, however the JVM is launched. */
class MainBeginIT {

    private static final String MAIN = """
            package app;

            public class Main {
                public static void main(String[] arguments) throws Exception {
                    System.in.read();
                }
            }
            """;

    private static final String EXPORTERS = "io.corral.metrics.Exporters";

    /** Less than the time after which the exporters are started without a begin of main. */
    private static final double LIMIT_SECONDS = 25;

    @TempDir
    private Path folder;

    static List<Jdk> jdks() {
        return Jdk.eachInFullRun();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    private Path compile() throws IOException {
        Path source = Files.writeString(folder.resolve("Main.java"), MAIN);
        Path module = Files.writeString(folder.resolve("module-info.java"), "module app {}\n");
        Path classes = folder.resolve("classes");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-d",
                        classes.toString(),
                        module.toString(),
                        source.toString());
        assertThat(failed).isZero();
        return classes;
    }

    private String jar(Path classes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "app.Main");
        Path jar = folder.resolve("app.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new JarEntry("app/Main.class"));
            entries.write(Files.readAllBytes(classes.resolve("app/Main.class")));
        }
        return jar.toString();
    }

    /** @param first the first class that the application's loader loads for {@code main} */
    private void assertLoadedAfter(String first, Jdk jdk, String... arguments) throws IOException {
        Path log = folder.resolve("classes.log");
        List<String> all = new ArrayList<>(List.of("-Xlog:class+load:file=" + log));
        all.addAll(Arrays.asList(arguments));
        try (RunningJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("metrics=prometheus:127.0.0.1:0,log=info")
                .start(all.toArray(new String[0]))) {
            jvm.errRest("corral: the metrics are at ");
            jvm.closeInput();
            assertThat(jvm.end().exitCode()).isZero();
        }
        double begun = secondsOfLoad(log, first);
        assertThat(secondsOfLoad(log, EXPORTERS)).isBetween(begun, begun + LIMIT_SECONDS);
    }

    /** When a class was loaded, in seconds since the JVM's start. */
    private static double secondsOfLoad(Path log, String name) throws IOException {
        String line = Files.readAllLines(log).stream()
                .filter(each -> each.contains("] " + name))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(1, line.indexOf("s]")));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void classPath(Jdk jdk) throws IOException {
        assertLoadedAfter("app.Main ", jdk, "-cp", compile().toString(), "app.Main");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void jarFile(Jdk jdk) throws IOException {
        assertLoadedAfter("app.Main ", jdk, "-jar", jar(compile()));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void module(Jdk jdk) throws IOException {
        assertLoadedAfter(
                "app.Main ",
                jdk,
                "--add-modules",
                "jdk.httpserver",
                "-p",
                compile().toString(),
                "-m",
                "app/app.Main");
    }

    /** The compiler of the JDK is the main class then. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void sourceFile(Jdk jdk) throws IOException {
        Path source =
                Files.writeString(folder.resolve("Main.java"), MAIN.replace("package app;", ""));
        assertLoadedAfter("com.sun.tools.javac.launcher.", jdk, source.toString());
    }

    @ParameterizedTest
    @MethodSource("newest")
    void flagsOfTheJvm(Jdk jdk) throws IOException {
        assertLoadedAfter(
                "app.Main ",
                jdk,
                "-Xshare:off",
                "-XX:-StackTraceInThrowable",
                "-XX:MaxJavaStackTraceDepth=1",
                "-cp",
                compile().toString(),
                "app.Main");
    }

    /** Its class is loaded by the application's loader, and on the main thread. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void startOfAnotherAgentIsNoMain(Jdk jdk) throws IOException {
        Path agent = ArchiveApplication.agent(folder.resolve("slow.jar"), SlowAgent.class);
        assertLoadedAfter(
                "app.Main ", jdk, "-javaagent:" + agent, "-cp", compile().toString(), "app.Main");
    }

    /** Another agent, whose start takes longer than the exporters need to be loaded. */
    public static final class SlowAgent {

        private SlowAgent() {}

        public static void premain(String options) throws InterruptedException {
            Thread.sleep(2_000);
        }
    }
}
