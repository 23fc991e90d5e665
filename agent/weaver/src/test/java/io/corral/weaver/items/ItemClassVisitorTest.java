package io.corral.weaver.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.corral.runtime.handover.ItemPoint;
import io.corral.runtime.handover.ItemPoint.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.CheckClassAdapter;

/** Weaves executors of the application that run others' tasks. */
class ItemClassVisitorTest {

    private static final String OWNER =
            ItemClassVisitorTest.class.getName().replace('.', '/') + "$Queue";

    private static final String LOCATION = "f:1";

    /** Arguments and results of each size, static and not. */
    @SuppressWarnings("unused")
    static class Queue {

        private final Executor executor;

        Queue(Executor executor) {
            this.executor = executor;
        }

        static double add(long number, double other, Object[] items, Object item) {
            // The local of an argument is used for something else.
            if (number > 0) {
                item = null;
            }
            return item == null ? other : number;
        }

        String receive(String item, byte[] unused) {
            return item.isEmpty() ? null : item;
        }

        long receive(Object item) throws Exception {
            try {
                return item.hashCode();
            } catch (RuntimeException failure) {
                throw new Exception(failure);
            }
        }

        void receive(int number) {}

        native void unwoven(Object item);

        Object runs(Runnable task, Callable<String> other) throws Exception {
            Runnable inside = () -> task.run();
            executor.execute(inside);
            task.run();
            return other.call();
        }
    }

    @Test
    void submittingMethodReportsTheItemAndItsRefusal() throws IOException {
        ClassNode woven = woven(point(Kind.SUBMIT, "add", 3));
        assertThat(hooks(woven)).containsExactly("add: submitted", "add: refused");
    }

    @Test
    void eachOverloadWithSuchAnArgumentHasTheHooks() throws IOException {
        ClassNode woven = woven(point(Kind.RUN, "receive", 0));
        assertThat(hooks(woven))
                .containsExactly(
                        "receive: begin",
                        "receive: end",
                        "receive: end",
                        "receive: begin",
                        "receive: end",
                        "receive: end");
    }

    @Test
    void descriptorPicksOneOverload() throws IOException {
        ClassNode woven = woven(point(Kind.RUN, "receive(Ljava/lang/Object;", 0));
        assertThat(hooks(woven)).containsExactly("receive: begin", "receive: end", "receive: end");
    }

    @Test
    void constructorReportsTheNewObjectAsAnItem() throws IOException {
        assertThat(hooks(woven(point(Kind.MAKE, "<init>", ItemPoint.SELF))))
                .containsExactly("<init>: made");
    }

    @Test
    void callsInMethodsAndLambdasAreReplaced() throws IOException {
        assertThat(hooks(woven(point(Kind.RUN_CALLS, null, 0), point(Kind.EXECUTE_CALLS, null, 0))))
                .containsExactly("runs: execute", "runs: run", "runs: call", "lambda$runs$0: run");
    }

    @Test
    void classThatLacksAMethodIsNotWoven() throws IOException {
        for (ItemPoint absent : List.of(
                point(Kind.SUBMIT, "gone", 0),
                point(Kind.SUBMIT, "add", 0),
                point(Kind.SUBMIT, "add", 4),
                point(Kind.SUBMIT, "add", ItemPoint.SELF),
                point(Kind.RUN, "unwoven", 0))) {
            List<ItemPoint> missing = new ArrayList<>();
            assertThat(ItemClassVisitor.weave(
                            List.of(absent, point(Kind.RUN, "receive", 0)),
                            OWNER,
                            classFile(),
                            missing))
                    .as(absent.inRulesNotation())
                    .isNull();
            assertThat(missing).containsExactly(absent);
        }
    }

    private static ItemPoint point(Kind kind, String method, int argument) {
        return new ItemPoint(kind, OWNER, method, argument, 300, LOCATION);
    }

    /** Fails if the JVM would refuse the class. */
    private static ClassNode woven(ItemPoint... points) throws IOException {
        byte[] woven =
                ItemClassVisitor.weave(List.of(points), OWNER, classFile(), new ArrayList<>());
        ClassReader reader = new ClassReader(woven);
        assertThatCode(() -> reader.accept(new CheckClassAdapter(new ClassWriter(0), true), 0))
                .doesNotThrowAnyException();
        // The frames as they are written.
        assertThatCode(() -> new Definer().define(woven)).doesNotThrowAnyException();
        ClassNode node = new ClassNode();
        reader.accept(node, 0);
        return node;
    }

    private static final class Definer extends ClassLoader {

        Definer() {
            super(ItemClassVisitorTest.class.getClassLoader());
        }

        void define(byte[] classFile) {
            Class<?> defined = defineClass(null, classFile, 0, classFile.length);
            // Verifies it.
            assertThat(defined.getDeclaredMethods()).isNotEmpty();
            try {
                Class.forName(defined.getName(), true, this);
            } catch (ClassNotFoundException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private static List<String> hooks(ClassNode node) {
        List<String> hooks = new ArrayList<>();
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode each : method.instructions) {
                if (each instanceof MethodInsnNode call
                        && call.owner.equals("java/lang/CorralItemDispatcher")) {
                    hooks.add(method.name + ": " + call.name);
                }
            }
        }
        return hooks;
    }

    private static byte[] classFile() throws IOException {
        try (InputStream in =
                ItemClassVisitorTest.class.getClassLoader().getResourceAsStream(OWNER + ".class")) {
            return in.readAllBytes();
        }
    }
}
