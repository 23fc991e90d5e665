package io.corral.weaver.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.corral.weaver.NewerJdk;
import io.corral.weaver.WovenClass;
import io.corral.weaver.threads.WeavePoint.Target;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.util.CheckClassAdapter;

/** Weaves the shapes of the classes of threads of JDKs that are not installed. */
class NewerJdkThreadsTest {

    static Stream<NewerJdk> jdks() {
        return NewerJdk.all();
    }

    static Stream<Arguments> classes() {
        return jdks().flatMap(
                        jdk -> Arrays.stream(Target.values()).map(each -> Arguments.of(jdk, each)));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void eachPointIsFoundAndTheClassIsWellFormed(NewerJdk jdk, Target target) {
        List<WeavePoint> expected = Arrays.stream(WeavePoint.values())
                .filter(point -> point.target() == target)
                .toList();
        WovenClass woven = WovenClass.of(target, jdk.classFile(target));
        assertThat(woven.found()).containsExactlyElementsOf(expected);
        assertThatCode(() -> new ClassReader(woven.classFile())
                        .accept(new CheckClassAdapter(new ClassWriter(0), true), 0))
                .doesNotThrowAnyException();
        assertThat(ThreadTransformer.missing(jdk.classFile(target), target)).isNull();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void hooksSurroundTheSameCallsAsBefore(NewerJdk jdk) {
        WovenClass thread = WovenClass.of(Target.THREAD, jdk.classFile(Target.THREAD));
        WovenClass virtual =
                WovenClass.of(Target.VIRTUAL_THREAD, jdk.classFile(Target.VIRTUAL_THREAD));
        assertThat(thread.hookCalls())
                .contains(
                        "exit: ExitHook.platform",
                        "start: ForkHook.platform",
                        "<init>: AdoptHook.constructed");
        assertThat(virtual.steps("run", "(Ljava/lang/Runnable;)V"))
                .containsSubsequence("popAll", "ExitHook.virtual");
        assertThat(virtual.steps("runContinuation", "()V"))
                .containsSubsequence("MountHook.mount", "mount", "run", "unmount");
        assertThat(virtual.steps("submitRunContinuation", "(Ljava/util/concurrent/Executor;Z)V"))
                .containsSubsequence("MountHook.queued", "pin", "MountHook.submitted", "submit");
        assertThat(virtual.steps("start", "(Ljdk/internal/vm/ThreadContainer;)V"))
                .containsSubsequence(
                        "add",
                        "ForkHook.virtual",
                        "externalSubmitRunContinuationOrThrow",
                        "ForkHook.virtualStarted");
    }
}
