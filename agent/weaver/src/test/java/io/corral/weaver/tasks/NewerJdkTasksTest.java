package io.corral.weaver.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.corral.weaver.NewerJdk;
import io.corral.weaver.WovenClass;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.util.CheckClassAdapter;

/**
 * Weaves the classes of tasks of JDKs that are not installed. A class that is as in JDK 25 is that
 * of JDK 25.
 */
class NewerJdkTasksTest {

    static Stream<Arguments> classes() {
        return NewerJdk.all()
                .flatMap(jdk -> Stream.of(TaskClass.values())
                        .filter(each -> jdk.classFile(each.internalName()) != null)
                        .map(each -> Arguments.of(jdk, each)));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void classHasTheExpectedShapeAndIsWellFormed(NewerJdk jdk, TaskClass tasks) {
        byte[] woven = woven(jdk, tasks);
        assertThat(woven).isNotNull();
        assertThatCode(() -> new ClassReader(woven)
                        .accept(new CheckClassAdapter(new ClassWriter(0), true), 0))
                .doesNotThrowAnyException();
    }

    static Stream<NewerJdk> jdks() {
        return NewerJdk.all();
    }

    /** A worker that finds nothing to do is in no container of its last task. */
    @ParameterizedTest
    @MethodSource("jdks")
    void loopOfAWorkerCallsTheHooks(NewerJdk jdk) {
        assertThat(WovenClass.of(woven(jdk, TaskClass.FORK_JOIN_POOL)).hookCalls())
                .contains(
                        "runWorker: ForkJoinHook.starts",
                        "runWorker: ForkJoinHook.scans",
                        "runWorker: ForkJoinHook.ends",
                        "deactivate: ForkJoinHook.waits",
                        "awaitWork: ForkJoinHook.waits",
                        "createWorker: ForkJoinHook.createsWorker");
        assertThat(WovenClass.of(woven(jdk, TaskClass.FORK_JOIN_QUEUE)).hookCalls())
                .containsExactly(
                        "push: TaskHook.submitted", "tryRemoveAndExec: ForkJoinHook.helps");
    }

    private static byte[] woven(NewerJdk jdk, TaskClass tasks) {
        return TaskClassVisitor.weave(tasks, jdk.classFile(tasks.internalName()), false, false);
    }
}
