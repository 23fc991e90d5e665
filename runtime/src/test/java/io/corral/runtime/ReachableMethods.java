package io.corral.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The methods of the runtime that some of its methods can call, directly or through others. A
 * virtual call reaches all classes of the runtime that override the method. Read from the class
 * files, since ArchUnit does not see blocks that hold a monitor.
 */
final class ReachableMethods {

    /** A method as its class, name and descriptor. */
    record Method(String owner, String name, String descriptor) {

        String className() {
            return owner.replace('/', '.');
        }

        Method in(String otherOwner) {
            return new Method(otherOwner, name, descriptor);
        }

        @Override
        public String toString() {
            return owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
        }
    }

    private record Call(Method target, boolean isVirtual) {}

    private final Map<String, String> superclasses = new HashMap<>();
    private final Map<String, List<String>> subtypes = new HashMap<>();
    private final Map<Method, Set<Call>> calls = new HashMap<>();
    private final Set<Method> monitorHolders = new HashSet<>();

    /** The reached methods, with a method that calls each; null for one that was given. */
    private final Map<Method, Method> callers = new LinkedHashMap<>();

    private ReachableMethods() {}

    static ReachableMethods from(Path classes, Predicate<Method> starts) throws IOException {
        ReachableMethods methods = new ReachableMethods();
        try (Stream<Path> files = Files.walk(classes)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(methods::read);
        }
        methods.search(starts);
        return methods;
    }

    /** Those that hold a monitor: as synchronized methods, or in a block. */
    List<Method> monitorHolders() {
        return callers.keySet().stream().filter(monitorHolders::contains).toList();
    }

    /** The calls that lead to a reached method, from the last to the first. */
    String path(Method method) {
        StringBuilder path = new StringBuilder(method.toString());
        for (Method at = callers.get(method); at != null; at = callers.get(at)) {
            path.append(" <- ").append(at);
        }
        return path.toString();
    }

    private void search(Predicate<Method> starts) {
        Deque<Method> open = new ArrayDeque<>();
        calls.keySet().stream().filter(starts).forEach(start -> {
            callers.put(start, null);
            open.add(start);
        });
        while (!open.isEmpty()) {
            Method from = open.remove();
            for (Call call : calls.getOrDefault(from, Set.of())) {
                for (Method to : targets(call)) {
                    if (!callers.containsKey(to)) {
                        callers.put(to, from);
                        open.add(to);
                    }
                }
            }
        }
    }

    private Set<Method> targets(Call call) {
        Set<Method> targets = new LinkedHashSet<>();
        String owner = call.target().owner();
        while (owner != null && !calls.containsKey(call.target().in(owner))) {
            owner = superclasses.get(owner);
        }
        if (owner != null) {
            targets.add(call.target().in(owner));
        }
        if (call.isVirtual()) {
            addOverriding(call.target(), targets);
        }
        return targets;
    }

    private void addOverriding(Method method, Set<Method> targets) {
        for (String subtype : subtypes.getOrDefault(method.owner(), List.of())) {
            Method overriding = method.in(subtype);
            if (calls.containsKey(overriding)) {
                targets.add(overriding);
            }
            addOverriding(overriding, targets);
        }
    }

    private void read(Path file) {
        try {
            new ClassReader(Files.readAllBytes(file)).accept(new Reader(), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private final class Reader extends ClassVisitor {

        private String name = "";

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                String signature,
                String superName,
                String[] interfaces) {
            this.name = name;
            superclasses.put(name, superName);
            subtypes.computeIfAbsent(superName, unused -> new ArrayList<>()).add(name);
            for (String each : interfaces) {
                subtypes.computeIfAbsent(each, unused -> new ArrayList<>()).add(name);
            }
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            Method method = new Method(this.name, name, descriptor);
            Set<Call> called = new LinkedHashSet<>();
            calls.put(method, called);
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                monitorHolders.add(method);
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER) {
                        monitorHolders.add(method);
                    }
                }

                @Override
                public void visitMethodInsn(
                        int opcode,
                        String owner,
                        String name,
                        String descriptor,
                        boolean isInterface) {
                    boolean isVirtual =
                            opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
                    called.add(new Call(new Method(owner, name, descriptor), isVirtual));
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String name, String descriptor, Handle bootstrap, Object... arguments) {
                    for (Object each : arguments) {
                        if (each instanceof Handle handle) {
                            called.add(new Call(
                                    new Method(
                                            handle.getOwner(), handle.getName(), handle.getDesc()),
                                    true));
                        }
                    }
                }
            };
        }
    }
}
