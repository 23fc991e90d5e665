package io.corral.weaver.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.corral.weaver.JdkImage;
import io.corral.weaver.JdkTypes;
import io.corral.weaver.WovenClass;
import io.corral.weaver.threads.WeavePoint.Target;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.util.CheckClassAdapter;

/** Weaves the classes of each installed JDK. */
class ThreadVisitorsTest {

    /** The first two throw exceptions to the parent; for the third see SubmissionHookVisitor. */
    private static final Set<String> UNGUARDED =
            Set.of("ForkHook.platform", "ForkHook.virtual", "MountHook.submitted");

    static Stream<JdkImage> jdks() {
        return JdkImage.all();
    }

    static Stream<JdkImage> jdksWithVirtualThreads() {
        return jdks().filter(jdk -> jdk.has(Target.VIRTUAL_THREAD));
    }

    static Stream<Arguments> classes() {
        return jdks().flatMap(jdk -> Arrays.stream(Target.values())
                .filter(jdk::has)
                .map(target -> Arguments.of(jdk, target)));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void eachPointOfTheClassIsFound(JdkImage jdk, Target target) {
        List<WeavePoint> expected = Arrays.stream(WeavePoint.values())
                .filter(point -> point.target() == target)
                .toList();
        assertThat(WovenClass.of(target, jdk.classFile(target)).found())
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void wovenClassIsWellFormed(JdkImage jdk, Target target) {
        WovenClass woven = WovenClass.of(target, jdk.classFile(target));
        ClassReader reader = new ClassReader(woven.classFile());
        assertThatCode(() -> reader.accept(new CheckClassAdapter(new ClassWriter(0), true), 0))
                .doesNotThrowAnyException();
        assertTypesFlow(woven, jdk, target);
    }

    private static void assertTypesFlow(WovenClass woven, JdkImage jdk, Target target) {
        Type type = Type.getObjectType(target.internalName());
        for (MethodNode method : woven.node().methods) {
            assertThatCode(() -> new Analyzer<>(new JdkTypes(jdk, type))
                            .analyzeAndComputeMaxs(target.internalName(), method))
                    .as(method.name + method.desc)
                    .doesNotThrowAnyException();
        }
    }

    /** Without frames, as JDK 17 provides its own classes if it has no class archive. */
    @ParameterizedTest
    @MethodSource("classes")
    void classWithoutFramesGetsTheSameHooks(JdkImage jdk, Target target) {
        ClassWriter stripped = new ClassWriter(0);
        new ClassReader(jdk.classFile(target)).accept(stripped, ClassReader.SKIP_FRAMES);
        WovenClass woven = WovenClass.of(target, stripped.toByteArray());
        assertThat(woven.hookCalls())
                .isEqualTo(WovenClass.of(target, jdk.classFile(target)).hookCalls());
        assertTypesFlow(woven, jdk, target);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void methodsThatAreNotWovenAreUntouched(JdkImage jdk, Target target) {
        Map<String, String> original = WovenClass.methods(jdk.classFile(target));
        WovenClass woven = WovenClass.of(target, jdk.classFile(target));
        assertThat(woven.node().methods).hasSameSizeAs(original.keySet());
        Map<String, String> unwoven = woven.unwovenMethods();
        assertThat(unwoven).hasSizeGreaterThan(original.size() / 2);
        unwoven.forEach(
                (method, text) -> assertThat(text).as(method).isEqualTo(original.get(method)));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void threadCallsHooksInConstructorStartAndExit(JdkImage jdk) {
        WovenClass thread = WovenClass.of(Target.THREAD, jdk.classFile(Target.THREAD));
        int twice = jdk.has(Target.VIRTUAL_THREAD) ? 2 : 1;
        assertThat(thread.hookCalls())
                .containsOnly(
                        "start: ForkHook.platform",
                        "exit: ExitHook.platform",
                        "<init>: AdoptHook.constructed");
        assertThat(Collections.frequency(thread.hookCalls(), "start: ForkHook.platform"))
                .isEqualTo(twice);
        assertThat(thread.steps("start", "()V")).doesNotContain("start0");
    }

    /**
     * From 21 on the JDK notifies the container in a {@code finally} block, which javac compiles
     * twice.
     */
    @ParameterizedTest
    @MethodSource("jdks")
    void exitHookIsFirstOrBetweenTheScopesAndTheContainer(JdkImage jdk) {
        List<String> steps =
                WovenClass.of(Target.THREAD, jdk.classFile(Target.THREAD)).steps("exit", "()V");
        int hooks = Collections.frequency(steps, "ExitHook.platform");
        if (jdk.has(Target.VIRTUAL_THREAD)) {
            assertThat(steps.indexOf("popAll")).isBetween(0, steps.indexOf("ExitHook.platform"));
            assertThat(hooks).isEqualTo(2);
            assertThat(Collections.frequency(steps, "threadContainer")).isEqualTo(2);
            for (int i = 0; i < steps.size(); i++) {
                assertThat(steps.get(i).equals("threadContainer"))
                        .isEqualTo(i > 0 && steps.get(i - 1).equals("ExitHook.platform"));
            }
        } else {
            assertThat(hooks).isEqualTo(1);
            assertThat(steps).startsWith("ExitHook.platform");
        }
    }

    /**
     * Each submission calls one hook, whichever way it takes: see {@link SubmissionHookVisitor}.
     */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void submissionsCallAHookWhereTheyLoadTheContinuation(JdkImage jdk) {
        WovenClass thread =
                WovenClass.of(Target.VIRTUAL_THREAD, jdk.classFile(Target.VIRTUAL_THREAD));
        List<String> submissions = thread.hookCalls().stream()
                .filter(call -> call.endsWith(": MountHook.submitted"))
                .distinct()
                .toList();
        assertThat(submissions)
                .contains(
                        "submitRunContinuation: MountHook.submitted",
                        "lazySubmitRunContinuation: MountHook.submitted",
                        "externalSubmitRunContinuation: MountHook.submitted")
                .allMatch(call -> call.contains("ubmitRunContinuation"));
    }

    /** The method returns if the hook has queued the thread. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void eachSubmissionAsksAtItsEntryWhetherTheThreadIsQueued(JdkImage jdk) {
        WovenClass thread =
                WovenClass.of(Target.VIRTUAL_THREAD, jdk.classFile(Target.VIRTUAL_THREAD), false);
        List<MethodNode> submissions = thread.node().methods.stream()
                .filter(method -> SubmissionHookVisitor.submits(method.name))
                .toList();
        assertThat(submissions).hasSizeGreaterThanOrEqualTo(3);
        for (MethodNode each : submissions) {
            assertThat(thread.steps(each.name, each.desc))
                    .as(each.name + each.desc)
                    .startsWith("MountHook.queued", "return");
        }
    }

    /** From JDK 24 on a virtual thread has its timeout in a field. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void submissionsPassOnTheTimeoutIfTheThreadHasOne(JdkImage jdk) {
        WovenClass thread =
                WovenClass.of(Target.VIRTUAL_THREAD, jdk.classFile(Target.VIRTUAL_THREAD));
        boolean hasTimeout =
                thread.node().fields.stream().anyMatch(field -> field.name.equals("timeoutTask"));
        assertThat(thread.hookDescriptors("MountHook.submitted"))
                .isNotEmpty()
                .containsOnly(
                        hasTimeout
                                ? "(Ljava/lang/Runnable;ZLjava/lang/Object;)V"
                                : "(Ljava/lang/Runnable;)V");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void virtualThreadCallsHooksFromConstructionToEnd(JdkImage jdk) {
        WovenClass thread =
                WovenClass.of(Target.VIRTUAL_THREAD, jdk.classFile(Target.VIRTUAL_THREAD), false);
        assertThat(thread.hookCalls())
                .filteredOn(call -> !call.endsWith(": MountHook.queued"))
                .containsExactlyInAnyOrder(
                        "<init>: MountHook.constructed",
                        "start: ForkHook.virtual",
                        "start: ForkHook.virtualStarted",
                        "runContinuation: MountHook.mount",
                        "runContinuation: MountHook.dismount",
                        "runContinuation: MountHook.dismount",
                        "run: ExitHook.virtual",
                        "run: ExitHook.virtual",
                        "run: ExitHook.virtual",
                        "afterDone: ExitHook.virtualDone");
        List<String> made = thread.steps(
                "<init>",
                "(Ljava/util/concurrent/Executor;Ljava/lang/String;ILjava/lang/Runnable;)V");
        assertThat(made).containsSubsequence("MountHook.constructed", "runContinuation=");
        List<String> start = thread.steps("start", "(Ljdk/internal/vm/ThreadContainer;)V");
        assertThat(start.get(start.indexOf("ForkHook.virtual") + 1))
                .isIn(
                        "submitRunContinuation",
                        "externalSubmitRunContinuation",
                        "externalSubmitRunContinuationOrThrow");
        assertThat(start.get(start.indexOf("ForkHook.virtualStarted") + 1)).isEqualTo("return");
        List<String> run = thread.steps("runContinuation", "()V");
        assertThat(run.get(run.indexOf("MountHook.mount") + 1)).isEqualTo("mount");
        for (int i = 0; i < run.size(); i++) {
            if (run.get(i).equals("MountHook.dismount")) {
                assertThat(run.get(i - 1)).isEqualTo("unmount");
            }
        }
        assertThat(thread.steps("afterDone", "(Z)V")).startsWith("ExitHook.virtualDone");
    }

    /** On 21 a thread that parks after {@code notifyJvmtiEnd} hangs the JVM. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithVirtualThreads")
    void virtualExitHookComesDirectlyAfterEachPopAll(JdkImage jdk) {
        List<String> run = WovenClass.of(
                        Target.VIRTUAL_THREAD, jdk.classFile(Target.VIRTUAL_THREAD))
                .steps("run", "(Ljava/lang/Runnable;)V");
        assertThat(Collections.frequency(run, "popAll")).isEqualTo(3);
        for (int i = 0; i < run.size(); i++) {
            assertThat(run.get(i).equals("ExitHook.virtual"))
                    .isEqualTo(i > 0 && run.get(i - 1).equals("popAll"));
        }
    }

    /** The JVM takes the first handler that covers a call. */
    @ParameterizedTest
    @MethodSource("classes")
    void firstHandlerOfAHookIsItsGuard(JdkImage jdk, Target target) {
        WovenClass woven = WovenClass.of(target, jdk.classFile(target));
        assertThat(woven.guardedHookCalls())
                .filteredOn(call -> !UNGUARDED.contains(call.hook()))
                .isNotEmpty()
                .allMatch(WovenClass.GuardedCall::guardComesFirst);
    }
}
