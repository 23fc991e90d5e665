package io.corral.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The runtime's class files that run inside the start and end of threads, and the weaver's that run
 * inside the loading of classes.
 */
class HotPathTest {

    private static final Path RUNTIME = Path.of("../runtime/target/classes/io/corral/runtime");
    private static final Path AGENT = Path.of("weaver/target/classes/io/corral");

    /** Methods that the compiler generates in records, and methods that only readers call. */
    private static final Set<String> NOT_HOT =
            Set.of("toString", "hashCode", "equals", "comeHomeIfResting", "addMissed");

    /** Further classes that a start, an end, a mount or a scope runs. */
    private static final List<String> MEMBERS = List.of(
            "membership/Membership",
            "membership/Places",
            "thread/CarrierState",
            "thread/EnteredScope",
            "thread/Member",
            "thread/MemberTable",
            "thread/MemberTable$Bucket",
            "thread/MemberTable$Group",
            "thread/MemberTable$Link",
            "thread/MeteredVirtualMember",
            "thread/PlatformMember",
            "thread/QueuedVirtualMember",
            "thread/RestDetector",
            "thread/ScopeFrame",
            "thread/ScopeStack",
            "thread/Scopes",
            "thread/VirtualMember",
            "thread/VirtualMembers");

    /** Takes the lock of containers at the first visit to a combination of them. */
    private static final String MAY_LOCK = "membership/Membership";

    static Stream<String> onTheHotPath() {
        return Stream.concat(
                Stream.of("hook", "handover", "accounting", "placement")
                        .flatMap(each -> classes(RUNTIME, each))
                        .filter(name -> !name.matches("accounting/(VmThreads|ProcessClock).*")),
                MEMBERS.stream());
    }

    /** The first call of an invokedynamic instruction generates classes during a thread's start. */
    @ParameterizedTest
    @MethodSource("onTheHotPath")
    void nothingIsInvokedDynamically(String name) {
        assertNothingIsInvokedDynamically(RUNTIME, name);
    }

    static Stream<String> ofTheWeaver() {
        return classes(AGENT, "weaver");
    }

    /**
     * The first call of a method handle loads classes unseen by transformers, and takes
     * milliseconds.
     */
    @ParameterizedTest
    @MethodSource("ofTheWeaver")
    void weaverInvokesNothingDynamically(String name) {
        assertNothingIsInvokedDynamically(AGENT, name);
    }

    static Stream<String> withoutLocks() {
        return onTheHotPath().filter(name -> !name.equals(MAY_LOCK));
    }

    @ParameterizedTest
    @MethodSource("withoutLocks")
    void noMonitorIsEnteredAndNoThreadParks(String name) {
        for (MethodNode method : read(RUNTIME, name).methods) {
            assertThat(method.access & Opcodes.ACC_SYNCHRONIZED).as(method.name).isZero();
            assertThat(has(
                            method,
                            each -> each.getOpcode() == Opcodes.MONITORENTER
                                    || (each instanceof MethodInsnNode call && blocks(call))))
                    .as(method.name)
                    .isFalse();
        }
    }

    private static void assertNothingIsInvokedDynamically(Path root, String name) {
        for (MethodNode method : read(root, name).methods) {
            assertThat(NOT_HOT.contains(method.name)
                            || !has(method, each -> each.getOpcode() == Opcodes.INVOKEDYNAMIC))
                    .as(method.name)
                    .isTrue();
        }
    }

    private static boolean has(MethodNode method, Predicate<AbstractInsnNode> what) {
        return Stream.of(method.instructions.toArray()).anyMatch(what);
    }

    private static boolean blocks(MethodInsnNode call) {
        return call.owner.startsWith("java/util/concurrent/locks/")
                || Set.of("wait", "sleep", "join", "park", "await").contains(call.name);
    }

    private static Stream<String> classes(Path root, String folder) {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class"))
                    .filter(name -> !name.endsWith("package-info.class"))
                    .map(name -> name.substring(0, name.indexOf(".class")))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ClassNode read(Path root, String name) {
        try (InputStream in = Files.newInputStream(root.resolve(name + ".class"))) {
            ClassNode node = new ClassNode();
            new ClassReader(in).accept(node, ClassReader.SKIP_DEBUG);
            return node;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
