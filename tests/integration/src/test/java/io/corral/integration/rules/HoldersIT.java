package io.corral.integration.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that read the tenant where the application keeps it, and not from what it passes on. */
class HoldersIT {

    private static final String PROGRAM = HoldersProgram.class.getName();
    private static final String PLACES = "{" + PROGRAM + "$Places#";

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> withScopedValues() {
        return Jdk.eachInFullRun().stream().filter(jdk -> jdk.feature() >= 25);
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    @Execution(ExecutionMode.CONCURRENT)
    void threadLocalIsReadWithoutAnInitialValue(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = run(
                jdk,
                "locals",
                rule("plain", "/plain/" + PLACES + "PLAIN}"),
                rule("inherited", "/inherited/" + PLACES + "INHERITED.id}"),
                rule("initial", "/initial/" + PLACES + "INITIAL}"));
        assertThat(outcome.value("absent")).isEqualTo("/ / /");
        assertThat(outcome.value("present")).isEqualTo("/plain/acme /inherited/globex");
        assertThat(outcome.value("PLATFORM"))
                .isEqualTo("/threads/Thread /inherited/globex /plain/of the child");
        if (jdk.hasVirtualThreads()) {
            assertThat(outcome.value("VIRTUAL"))
                    .isEqualTo("/threads/virtual /inherited/globex /plain/of the child");
        }
        assertThat(outcome.value("null")).isEqualTo("/");
        assertThat(outcome.value("removed")).isEqualTo("/");
        assertThat(outcome.value("initialValues")).isEqualTo("0");
        assertThat(outcome.value("initialized")).isEqualTo("/initial/initial");
        assertThat(outcome.errLines()).isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("withScopedValues")
    @Execution(ExecutionMode.CONCURRENT)
    void scopedValueIsReadWhereItIsBound(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome =
                run(jdk, "scoped", rule("scoped", "/scoped/" + PLACES + "scoped}"));
        assertThat(outcome.value("unbound")).isEqualTo("/");
        assertThat(outcome.value("bound")).isEqualTo("/scoped/acme");
        assertThat(outcome.errLines()).isEmpty();
    }

    /** The tests are compiled with debug information, as Maven and Gradle do it. */
    @ParameterizedTest
    @MethodSource("jdks")
    @Execution(ExecutionMode.CONCURRENT)
    void variableThatALambdaHasCapturedIsRead(Jdk jdk) throws IOException {
        String lambda = "enter lambda " + PROGRAM + "$Service#";
        ForkedJvm.Outcome outcome = run(
                jdk,
                "lambdas",
                lambda + "mono -> /tenants/{captured.tenant}",
                lambda + "numbered -> /tenants/{captured.0}",
                lambda + "twoLambdas -> /tenants/{captured.tenant}",
                lambda + "misspelt -> /tenants/{captured.tennant}");
        assertThat(outcome.value("mono")).isEqualTo("7 acme in /tenants/acme");
        assertThat(outcome.value("numbered")).isEqualTo("globex in /tenants/globex");
        assertThat(outcome.value("two")).isEqualTo("other in /, acme in /tenants/acme");
        assertThat(outcome.value("misspelt")).isEqualTo("acme in /");
        // Reactor says that no logging library is there.
        assertThat(outcome.err().lines().filter(line -> line.startsWith("corral:")))
                .singleElement()
                .asString()
                .endsWith("rules.conf:4: the rule for lambda " + PROGRAM + "$Service#misspelt"
                        + " matched no lambda that captures tennant: such a method makes one that"
                        + " captures tenant");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    @Execution(ExecutionMode.CONCURRENT)
    void callThatFailsOrBlocksAffectsOnlyItsOwnThread(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = run(
                jdk,
                "faults",
                rule("reentrant", "/reentrant/" + PLACES + "reentrant()|first}"),
                rule("blocking", "/blocking/" + PLACES + "blocking()}"),
                rule("costly", "/" + PLACES + "costly()}"),
                rule("absentClass", "/absent/{com.acme.Absent#current()}"));
        // The call within the placeholder's own call runs without the rule.
        assertThat(outcome.value("reentrant")).isEqualTo("/reentrant/of");
        assertThat(outcome.value("absentClass")).isEqualTo("/ /");
        assertThat(outcome.value("meanwhile")).isEqualTo("/");
        assertThat(outcome.value("blocking")).isEqualTo("/blocking/answered");
        assertThat(outcome.value("costly")).isEqualTo("/costly");
        assertThat(outcome.number("callerMillis")).isBetween(190L, 260L);
        assertThat(outcome.number("costlyMillis")).isLessThan(10L);
        assertThat(outcome.errLines())
                .singleElement()
                .asString()
                .contains("rules.conf:4: ")
                .endsWith("there is no class com.acme.Absent");
    }

    private static String rule(String method, String path) {
        return "enter " + PROGRAM + "$Service#" + method + " -> " + path;
    }

    private ForkedJvm.Outcome run(Jdk jdk, String what, String... lines) throws IOException {
        Path rules =
                Files.writeString(folder.resolve("rules.conf"), String.join("\n", lines) + "\n");
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .flags(CpuLoad.FLAG)
                .runMain(HoldersProgram.class, what);
    }
}
