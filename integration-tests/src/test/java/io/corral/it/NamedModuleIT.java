package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that is a module, and has the API on its module path. */
class NamedModuleIT {

    private static final String MODULE = """
            module app {
                requires corral.runtime;
            }
            """;

    private static final String MAIN = """
            package app;

            import io.corral.Container;
            import io.corral.Containers;
            import io.corral.Scope;

            public class Main {
                public static void main(String[] arguments) throws Exception {
                    Container here = Containers.at("/module");
                    Thread thread = new Thread(() -> {});
                    try (Scope scope = here.enter()) {
                        System.out.println("path=" + Containers.current().path());
                        thread.start();
                    }
                    thread.join();
                    System.out.println("module=" + Main.class.getModule().getName());
                    System.out.println("active=" + Containers.isActive());
                    System.out.println("forks=" + here.usage().forks());
                }
            }
            """;

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @BeforeEach
    void compile() throws IOException {
        Path module = Files.writeString(folder.resolve("module-info.java"), MODULE);
        Path main = Files.writeString(folder.resolve("Main.java"), MAIN);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-p",
                        ForkedJvm.runtimeJar(),
                        "-d",
                        folder.resolve("app").toString(),
                        module.toString(),
                        main.toString());
        assertThat(failed).isZero();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void agentIsActiveAndAScopeWorks(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk));
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.number("forks")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void applicationWorksWithoutTheAgent(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk).withoutAgent());
        assertThat(outcome.value("active")).isEqualTo("false");
    }

    private ForkedJvm.Outcome run(ForkedJvm jvm) {
        String path = ForkedJvm.runtimeJar() + File.pathSeparator + folder.resolve("app");
        ForkedJvm.Outcome outcome = jvm.run("-p", path, "-m", "app/app.Main");
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.value("module")).isEqualTo("app");
        assertThat(outcome.value("path")).isEqualTo("/module");
        return outcome;
    }
}
