package io.corral.benchmarks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A woven class whose methods do what they did before. Fields, methods and interfaces that it got remain, since no class may lose
 * them while the JVM runs.
 */
final class WithoutHooks {

    private WithoutHooks() {}

    /** @throws IllegalStateException where a field has gone that the original's methods may want */
    static byte[] of(byte[] original, byte[] woven) {
        ClassNode before = read(original);
        ClassNode after = read(woven);
        if (!namesOf(after.fields).containsAll(namesOf(before.fields))) {
            throw new IllegalStateException(after.name + " has lost a field");
        }
        Map<String, MethodNode> originals = new HashMap<>();
        before.methods.forEach(method -> originals.put(method.name + method.desc, method));
        after.methods.replaceAll(
                method -> originals.getOrDefault(method.name + method.desc, method));
        ClassWriter writer = new ClassWriter(0);
        after.accept(writer);
        return writer.toByteArray();
    }

    private static ClassNode read(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        return node;
    }

    private static Set<String> namesOf(List<FieldNode> fields) {
        Set<String> names = new HashSet<>();
        fields.forEach(field -> names.add(field.name));
        return names;
    }
}
