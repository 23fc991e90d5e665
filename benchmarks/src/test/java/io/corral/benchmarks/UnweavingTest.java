package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class UnweavingTest {

    private static final String HOOK = "io/corral/runtime/hook/SomeHook";

    private static final Set<String> THREAD = Set.of("java/lang/Thread");

    /** The class files that the JVM goes by. */
    private final Map<Class<?>, byte[]> files = new HashMap<>();

    /** What was transformed again, in that order. */
    private final List<Class<?>> again = new ArrayList<>();

    private boolean weaves = true;
    private @Nullable ClassFileTransformer unweaving;

    /** Has each transformer's answer taken by the next, and takes what one throws for no answer: as the JVM does. */
    private final Instrumentation jvm = (Instrumentation) Proxy.newProxyInstance(
            Instrumentation.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "addTransformer" -> unweaving = (ClassFileTransformer) arguments[0];
                    case "retransformClasses" -> {
                        for (Class<?> type : (Class<?>[]) arguments[0]) {
                            again.add(type);
                            if (type.getClassLoader() == null) {
                                transform(type, type);
                            }
                        }
                    }
                    case "getAllLoadedClasses" -> {
                        return new Class<?>[] {
                            Thread.class, Test.class, UnweavingTest.class, ClassReader.class
                        };
                    }
                    case "isModifiableClass" -> {
                        return true;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
            });

    @Test
    void whatWasWovenBeforeAndIsWovenLaterIsTakenOutAndPutBack() throws Exception {
        Unweaving hooks = Unweaving.by(jvm, THREAD);
        transform(Timer.class, null);
        assertThat(isHooked(Thread.class)).isTrue();
        assertThat(isHooked(Timer.class)).isTrue();
        hooks.takeOut();
        assertThat(isHooked(Thread.class)).isFalse();
        assertThat(isHooked(Timer.class)).isFalse();
        hooks.putBack();
        assertThat(isHooked(Thread.class)).isTrue();
        assertThat(isHooked(Timer.class)).isTrue();
        hooks.takeOut();
        assertThat(isHooked(Timer.class)).isFalse();
    }

    @Test
    void whatIsLoadedMeanwhileIsTakenOutTheNextTime() throws Exception {
        Unweaving hooks = Unweaving.by(jvm, THREAD);
        hooks.takeOut();
        transform(Timer.class, null);
        assertThat(isHooked(Timer.class)).isTrue();
        hooks.putBack();
        hooks.takeOut();
        assertThat(isHooked(Timer.class)).isFalse();
    }

    /** What is compiled beside hooks is compiled anew without them. */
    @Test
    void theApplicationIsCompiledAnewAndThisAgentIsNot() {
        Unweaving hooks = Unweaving.by(jvm, THREAD);
        again.clear();
        hooks.takeOut();
        assertThat(again).containsExactly(Thread.class, Test.class);
        again.clear();
        hooks.putBack();
        assertThat(again).containsExactly(Thread.class, Test.class);
    }

    @Test
    void whatIsOutOrInAlreadyStaysAsItIs() {
        Unweaving hooks = Unweaving.by(jvm, THREAD);
        hooks.takeOut();
        again.clear();
        hooks.takeOut();
        assertThat(again).isEmpty();
        hooks.putBack();
        again.clear();
        hooks.putBack();
        assertThat(again).isEmpty();
    }

    /** A carrier would never come out of the version that it is in. */
    @Test
    void theLoopOfCarriersStaysWoven() throws Exception {
        Unweaving hooks = Unweaving.by(jvm, THREAD);
        transform(ForkJoinPool.class, null);
        hooks.takeOut();
        assertThat(isHooked(ForkJoinPool.class)).isTrue();
    }

    @Test
    void whereNothingIsWovenNothingIsCompared() {
        weaves = false;
        Unweaving hooks = Unweaving.by(jvm, THREAD);
        assertThatIllegalStateException()
                .isThrownBy(hooks::takeOut)
                .withMessage("without hooks are [], and not [java/lang/Thread]");
    }

    @Test
    void whatFailsToBeTakenOutIsTold() throws Exception {
        Unweaving hooks = Unweaving.by(jvm, THREAD);
        transform(Timer.class, null);
        // A weaver that changes its mind: what is no class file makes the transformer throw.
        files.put(Timer.class, HOOK.getBytes(StandardCharsets.ISO_8859_1));
        assertThatIllegalStateException()
                .isThrownBy(hooks::takeOut)
                .withMessage("without hooks are [java/lang/Thread], and not [java/util/Timer]");
    }

    /** @param redefined null when it is loaded */
    private void transform(Class<?> type, @Nullable Class<?> redefined) throws IOException {
        byte[] spoilt = files.get(type);
        byte[] file = spoilt != null && spoilt.length < 100
                ? spoilt
                : weaves ? woven(original(type)) : original(type);
        byte[] answer = null;
        try {
            ClassFileTransformer next = unweaving;
            if (next != null) {
                answer = next.transform(
                        null, type.getName().replace('.', '/'), redefined, null, file);
            }
        } catch (IllegalClassFormatException | RuntimeException e) {
            answer = null;
        }
        files.put(type, answer == null ? file : answer);
    }

    private boolean isHooked(Class<?> type) {
        return new String(files.get(type), StandardCharsets.ISO_8859_1).contains(HOOK);
    }

    private static byte[] original(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/');
        try (InputStream in = Object.class.getResourceAsStream("/" + name + ".class")) {
            return in.readAllBytes();
        }
    }

    /** With a call at each constructor's entry. */
    private static byte[] woven(byte[] file) {
        ClassReader reader = new ClassReader(file);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            String signature,
                            String[] exceptions) {
                        MethodVisitor to =
                                super.visitMethod(access, name, descriptor, signature, exceptions);
                        return !name.equals("<init>")
                                ? to
                                : new MethodVisitor(Opcodes.ASM9, to) {
                                    @Override
                                    public void visitCode() {
                                        super.visitCode();
                                        visitMethodInsn(
                                                Opcodes.INVOKESTATIC, HOOK, "call", "()V", false);
                                    }
                                };
                    }
                },
                0);
        return writer.toByteArray();
    }
}
