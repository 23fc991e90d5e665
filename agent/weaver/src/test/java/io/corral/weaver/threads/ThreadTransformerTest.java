package io.corral.weaver.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.weaver.threads.WeavePoint.Target;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** A class is woven once the JVM has taken it. */
class ThreadTransformerTest {

    /** Null once the JVM is ending. */
    private Class<?> @Nullable [] loaded = {};

    private final ThreadTransformer tested = new ThreadTransformer(Target.THREAD, Thread.class);

    /** Retransforms as the JVM does. */
    private interface Jvm {
        void retransform() throws Exception;
    }

    @Test
    void acceptedClassIsWoven() {
        assertThat(tested.weave(answering(() -> tested.weave(original())))).isNull();
        assertThat(tested.isWoven()).isTrue();
    }

    @Test
    void refusedClassIsNotWoven() {
        Instrumentation refusing = answering(() -> {
            tested.weave(original());
            throw new VerifyError("for the test");
        });
        assertThat(tested.weave(refusing)).endsWith("java.lang.VerifyError: for the test");
        assertThat(tested.isWoven()).isFalse();
    }

    @Test
    void classThatWasNotRetransformedIsNotWoven() {
        assertThat(tested.weave(answering(() -> {})))
                .endsWith("IllegalStateException: the JVM did not ask for it");
        assertThat(tested.isWoven()).isFalse();
    }

    @Test
    void endingJvmWithoutRetransformationIsNotAFault() {
        loaded = null;
        assertThat(tested.weave(answering(() -> {}))).isNull();
        assertThat(tested.isWoven()).isFalse();
    }

    /** Another agent retransforms the class, and the JVM may refuse that. */
    @Test
    void classRetransformedByAnotherAgentAloneIsNotWoven() throws IOException {
        assertThat(tested.weave(original())).isNotNull();
        assertThat(tested.isWoven()).isFalse();
    }

    @Test
    void pointThatIsMissingAtFirstIsWovenOnceItIsBack() {
        byte[][] answer = new byte[1][];
        Instrumentation hidden = answering(() -> answer[0] = tested.weave(withoutExit()));
        assertThat(tested.weave(hidden)).startsWith("Thread.exit() not found on Java ");
        assertThat(answer[0]).isNull();
        assertThat(tested.isWoven()).isFalse();
        assertThat(tested.weave(answering(() -> tested.weave(original())))).isNull();
        assertThat(tested.fault()).isNull();
        assertThat(tested.isWoven()).isTrue();
    }

    @Test
    void wovenClassChangedByAnotherAgentKeepsItsOtherHooks() throws IOException {
        tested.weave(answering(() -> tested.weave(original())));
        assertThat(tested.weave(withoutExit())).isNotNull();
        assertThat(tested.isWoven()).isTrue();
    }

    private Instrumentation answering(Jvm jvm) {
        return (Instrumentation) Proxy.newProxyInstance(
                ThreadTransformerTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getAllLoadedClasses")) {
                        return loaded;
                    }
                    assertThat(method.getName()).isEqualTo("retransformClasses");
                    jvm.retransform();
                    return null;
                });
    }

    private static byte[] original() throws IOException {
        return Object.class.getResourceAsStream("Thread.class").readAllBytes();
    }

    private static byte[] withoutExit() throws IOException {
        ClassWriter writer = new ClassWriter(0);
        SimpleRemapper remapper =
                new SimpleRemapper(Opcodes.ASM9, Map.of("java/lang/Thread.exit()V", "gone"));
        new ClassReader(original()).accept(new ClassRemapper(writer, remapper), 0);
        return writer.toByteArray();
    }
}
