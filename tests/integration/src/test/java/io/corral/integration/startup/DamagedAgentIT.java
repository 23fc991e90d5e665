package io.corral.integration.startup;

import static io.corral.integration.support.DamagedAgentJar.emptied;
import static io.corral.integration.support.DamagedAgentJar.oneBitFlipped;
import static io.corral.integration.support.DamagedAgentJar.removed;
import static io.corral.integration.support.DamagedAgentJar.renamed;
import static io.corral.integration.support.DamagedAgentJar.replaced;
import static io.corral.integration.support.DamagedAgentJar.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.AgentImage;
import io.corral.integration.support.DamagedAgentJar;
import io.corral.integration.support.DamagedAgentJar.Damage;
import io.corral.integration.support.StartOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** If the agent fails, the application runs as without it, and one line says why. */
class DamagedAgentIT {

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    static Stream<Jdk> jdksWithVirtualThreads() {
        return Jdk.withVirtualThreadsInFullRun();
    }

    /** One damaged class for each stage of the start. */
    static Stream<Arguments> damages() {
        List<Arguments> damages = List.of(
                arguments("io/corral/options/Options", removed(), "Options"),
                arguments("io/corral/launcher/AgentLoader", truncated(), "ClassFormatError"),
                arguments("io/corral/start/Startup", truncated(), "ClassFormatError"),
                arguments(AgentImage.ENTRY, removed(), "no " + AgentImage.ENTRY + " in "),
                arguments(AgentImage.ENTRY, emptied(), " is damaged; get the jar again"),
                arguments(AgentImage.ENTRY, truncated(), " is damaged; get the jar again"),
                arguments(AgentImage.ENTRY, oneBitFlipped(), " is damaged; get the jar again"),
                arguments("java/lang/CorralBootAccess", removed(), "CorralBootAccess"),
                arguments("io/corral/runtime/Corral", truncated(), "ClassFormatError"),
                arguments("io/corral/runtime/membership/Membership", removed(), "Membership"),
                arguments("io/corral/runtime/thread/Members", removed(), "Members"),
                arguments("io/corral/weaver/AgentTransformer", removed(), "AgentTransformer"),
                arguments(
                        "io/corral/weaver/common/GuardedMethodVisitor",
                        removed(),
                        "weaving failed on Java "),
                arguments("io/corral/runtime/hook/ForkHook", removed(), "ForkHook"),
                arguments("io/corral/runtime/hook/Hooks", removed(), "Hooks"));
        return newest().flatMap(jdk -> FullRun.rows(3, damages)
                .map(damage -> arguments(jdk, damage.get()[0], damage.get()[1], damage.get()[2])));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("damages")
    void damagedAgentLeavesTheApplicationAlone(Jdk jdk, String entry, Damage damage, String said) {
        assertThat(run(jdk, entry, damage, "").errLines())
                .singleElement()
                .asString()
                .startsWith("corral: not active: ")
                .contains(said)
                .endsWith(". The application runs unmetered.");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void damagedMethodWeaverLeavesTheRestOfTheAgentActive(Jdk jdk) throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.conf"), "enter a.B#c -> /x");
        Path agent = DamagedAgentJar.copy(folder, AgentImage.OF_METHODS, oneBitFlipped());
        ForkedJvm.Outcome outcome =
                StartOutcome.runWithApi(jvm(jdk, agent, "=rules=" + rules), jdk);
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.errLines())
                .singleElement()
                .asString()
                .startsWith("corral: rules for methods may not be in force: ")
                .contains(AgentImage.OF_METHODS + " in ")
                .endsWith(" is damaged; get the jar again");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void damagedAgentPrintsNothingIfTheLogIsOff(Jdk jdk) {
        String entry = "io/corral/runtime/hook/ForkHook";
        assertThat(run(jdk, entry, removed(), "=log=off").errLines()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void missingMethodOfTheJdkIsNamed(Jdk jdk) {
        String entry = "io/corral/weaver/threads/ThreadClassVisitor";
        assertThat(run(jdk, entry, renamed("exit", "xxxx"), "").errLines())
                .singleElement()
                .asString()
                .startsWith("corral: not active: Thread.exit() not found on Java " + jdk.feature())
                .endsWith("; 17 to 25 are supported, of 21 from 21.0.3 on."
                        + " The application runs unmetered.");
    }

    /** The damage is noticed when the first virtual thread is created. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void jdkWhoseVirtualThreadsLackAMethodHasItsPlatformThreadsCounted(Jdk jdk) {
        Path agent = DamagedAgentJar.copy(
                folder,
                "io/corral/weaver/threads/VirtualThreadClassVisitor",
                renamed("afterDone(Z)V", "afterWhat(Z)V"));
        ForkedJvm.Outcome outcome = StartOutcome.runWithApi(jvm(jdk, agent, ""), jdk);
        assertThat(outcome.errLines())
                .singleElement()
                .asString()
                .startsWith("corral: virtual threads are not accounted: "
                        + "VirtualThread.afterDone(boolean) not found on Java " + jdk.feature())
                .endsWith("; 17 to 25 are supported, of 21 from 21.0.3 on");
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.number("forks")).isEqualTo(1);
        assertThat(outcome.number("exits")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void hooksThatFailTheProbeAreRemoved(Jdk jdk) throws IOException {
        byte[] deaf = compiledHook();
        assertThat(run(jdk, "io/corral/runtime/hook/ExitHook", replaced(deaf), "")
                        .errLines())
                .containsExactly("corral: not active: a probe thread was seen to start 1 times and"
                        + " to end 0 times. The application runs unmetered.");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void agentWithoutEventsIsActive(Jdk jdk) {
        Path agent = DamagedAgentJar.copy(folder, "io/corral/events/jfr/JfrEvents", removed());
        StartOutcome.assertActive(
                StartOutcome.runWithApi(jvm(jdk, agent, ""), jdk),
                jdk,
                "corral: no events in flight recordings: java.lang.ClassNotFoundException:"
                        + " io.corral.events.jfr.JfrEvents");
    }

    private ForkedJvm.Outcome run(Jdk jdk, String entry, Damage damage, String agentArguments) {
        Path agent = DamagedAgentJar.copy(folder, entry, damage);
        return StartOutcome.run(jvm(jdk, agent, agentArguments), jdk);
    }

    private static ForkedJvm jvm(Jdk jdk, Path agent, String agentArguments) {
        return ForkedJvm.on(jdk).withoutAgent().flags("-javaagent:" + agent + agentArguments);
    }

    /** The exit hook is never called. */
    private byte[] compiledHook() throws IOException {
        Path source = Files.writeString(
                folder.resolve("ExitHook.java"),
                "package io.corral.runtime.hook;"
                        + "public final class ExitHook {"
                        + " public static void platform(Thread thread) {}"
                        + " public static void virtual(Thread thread, Runnable continuation) {}"
                        + " static void failedToStart("
                        + "io.corral.runtime.thread.PlatformMember member, Thread thread) {} }");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-cp",
                        ForkedJvm.runtimeJar(),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(failed).isZero();
        return Files.readAllBytes(folder.resolve("io/corral/runtime/hook/ExitHook.class"));
    }
}
