package io.corral.integration.loaders;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two web applications in one Tomcat, each with the API in its {@code WEB-INF/lib}. */
class WarIT {

    private static final List<String> NAMES = List.of("shop", "desk");

    @TempDir
    Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @BeforeEach
    void writeApplications() throws IOException {
        for (String name : NAMES) {
            Path lib = Files.createDirectories(folder.resolve(name + "/WEB-INF/lib"));
            Files.copy(Path.of(ForkedJvm.runtimeJar()), lib.resolve("corral-runtime.jar"));
            String servlet = WarServlet.class.getName().replace('.', '/') + ".class";
            Path target = folder.resolve(name + "/WEB-INF/classes/" + servlet);
            Files.createDirectories(target.getParent());
            try (InputStream in = WarServlet.class.getResourceAsStream("/" + servlet)) {
                Files.copy(in, target);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("newest")
    void applicationsShareTheTenantsContainer(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk));
        List<String> containers = new ArrayList<>();
        for (String name : NAMES) {
            assertThat(outcome.value(name + ".api")).isEqualTo("null");
            assertThat(outcome.value(name + ".active")).isEqualTo("true");
            containers.add(outcome.value(name + ".container"));
        }
        assertThat(containers.get(0)).isEqualTo(containers.get(1));
        assertThat(outcome.number("shop.forks")).isEqualTo(1);
        assertThat(outcome.number("desk.forks")).isEqualTo(2);
        assertThat(outcome.number("forks")).isEqualTo(2);
    }

    /**
     * Without the agent, and with it if {@code ClassLoader} were not woven, each application uses
     * its own copy.
     */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void withoutTheAgentEachApplicationHasItsOwnCopy(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk).withoutAgent(), ForkedJvm.runtimeJar());
        for (String name : NAMES) {
            assertThat(outcome.value(name + ".api")).contains("ParallelWebappClassLoader");
            assertThat(outcome.value(name + ".active")).isEqualTo("false");
        }
        assertThat(outcome.value("shop.container")).isNotEqualTo(outcome.value("desk.container"));
    }

    private ForkedJvm.Outcome run(ForkedJvm jvm, String... more) {
        List<String> classPath = new ArrayList<>(List.of(more));
        classPath.add(ForkedJvm.testClasses());
        classPath.add(ForkedJvm.examplesDir() + "/lib/*");
        List<String> command = new ArrayList<>(List.of(
                "-cp",
                String.join(File.pathSeparator, classPath),
                WarProgram.class.getName(),
                folder.toString()));
        command.addAll(NAMES);
        ForkedJvm.Outcome outcome = jvm.run(command.toArray(new String[0]));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).doesNotContain("corral:");
        for (String name : NAMES) {
            assertThat(outcome.value(name + ".loader")).isEqualTo("ParallelWebappClassLoader");
        }
        return outcome;
    }
}
