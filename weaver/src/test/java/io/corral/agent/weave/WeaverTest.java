package io.corral.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of the JDK's classes of tasks are woven. */
class WeaverTest {

    /** In this JVM fork-join tasks have no field of ours: one that relies on it could not be made any more. */
    @ParameterizedTest
    @MethodSource("io.corral.agent.weave.JdkImage#all")
    void taskOfARunnableStaysAsItIsUnlessForkJoinTasksAreWoven(JdkImage jdk) {
        Weaver weaver = new Weaver(noInstrumentation(), true);
        assertThat(woven(weaver, jdk, TaskClass.FORK_JOIN_RUNNABLE)).isNull();
        assertThat(woven(weaver, jdk, TaskClass.FORK_JOIN_TASK)).isNotNull();
        assertThat(woven(weaver, jdk, TaskClass.FORK_JOIN_RUNNABLE)).isNull();
    }

    private static byte[] woven(Weaver weaver, JdkImage jdk, TaskClass tasks) {
        String name = tasks.internalName();
        return weaver.transform(null, name, null, null, jdk.classFile(name));
    }

    private static Instrumentation noInstrumentation() {
        return (Instrumentation) Proxy.newProxyInstance(
                WeaverTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
