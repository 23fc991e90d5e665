package io.corral.weaver;

import io.corral.weaver.threads.ThreadTransformer;
import io.corral.weaver.threads.WeavePoint;
import io.corral.weaver.threads.WeavePoint.Target;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** A class file after weaving, taken apart. */
public record WovenClass(byte[] classFile, Set<WeavePoint> found, ClassNode node) {

    private static final String HOOKS = "io/corral/runtime/hook/";

    /** Weaves the class, including the hooks of submissions. */
    public static WovenClass of(Target target, byte[] original) {
        return of(target, original, true);
    }

    public static WovenClass of(Target target, byte[] original, boolean withSubmissions) {
        Set<WeavePoint> found = EnumSet.noneOf(WeavePoint.class);
        byte[] woven = ThreadTransformer.woven(original, target, withSubmissions, found);
        return new WovenClass(woven, found, node(woven));
    }

    public static WovenClass of(byte[] woven) {
        return new WovenClass(woven, EnumSet.noneOf(WeavePoint.class), node(woven));
    }

    private static ClassNode node(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        return node;
    }

    /** "method: Hook.method" for each call of a hook, in the order of the class file. */
    public List<String> hookCalls() {
        return node.methods.stream()
                .flatMap(method -> instructions(method)
                        .filter(WovenClass::isHookCall)
                        .map(call -> method.name + ": " + hook((MethodInsnNode) call)))
                .toList();
    }

    /** The descriptors of the calls of one hook, "Hook.method". */
    public List<String> hookDescriptors(String hook) {
        return node.methods.stream()
                .flatMap(WovenClass::instructions)
                .filter(each -> isHookCall(each) && hook((MethodInsnNode) each).equals(hook))
                .map(call -> ((MethodInsnNode) call).desc)
                .toList();
    }

    /** A call of a hook within handlers, the first of which should catch all and drop it. */
    public record GuardedCall(String hook, boolean guardComesFirst) {}

    public List<GuardedCall> guardedHookCalls() {
        List<GuardedCall> guarded = new ArrayList<>();
        for (MethodNode method : node.methods) {
            InsnList code = method.instructions;
            for (AbstractInsnNode call : code) {
                TryCatchBlockNode first = isHookCall(call) ? firstHandler(method, call) : null;
                if (first != null) {
                    AbstractInsnNode caught = first.handler;
                    while (caught.getOpcode() < 0) {
                        caught = caught.getNext();
                    }
                    guarded.add(new GuardedCall(
                            hook((MethodInsnNode) call), caught.getOpcode() == Opcodes.POP));
                }
            }
        }
        return guarded;
    }

    private static @Nullable TryCatchBlockNode firstHandler(
            MethodNode method, AbstractInsnNode call) {
        InsnList code = method.instructions;
        int at = code.indexOf(call);
        for (TryCatchBlockNode each : method.tryCatchBlocks) {
            if (code.indexOf(each.start) <= at && at < code.indexOf(each.end)) {
                return each;
            }
        }
        return null;
    }

    /** The calls and field writes of a method, in their order, hooks among them. */
    public List<String> steps(String name, String descriptor) {
        MethodNode method = node.methods.stream()
                .filter(each -> each.name.equals(name) && each.desc.equals(descriptor))
                .findFirst()
                .orElseThrow();
        return instructions(method)
                .filter(each -> each instanceof MethodInsnNode
                        || each.getOpcode() == Opcodes.PUTFIELD
                        || each.getOpcode() == Opcodes.RETURN)
                .map(WovenClass::step)
                .toList();
    }

    private static String step(AbstractInsnNode instruction) {
        if (instruction instanceof FieldInsnNode field) {
            return field.name + "=";
        }
        return instruction instanceof MethodInsnNode call
                ? isHookCall(call) ? hook(call) : call.name
                : "return";
    }

    private static Stream<AbstractInsnNode> instructions(MethodNode method) {
        return Stream.of(method.instructions.toArray());
    }

    private static boolean isHookCall(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call && call.owner.startsWith(HOOKS);
    }

    private static String hook(MethodInsnNode call) {
        return call.owner.substring(HOOKS.length()) + "." + call.name;
    }

    /** The text of each method that calls no hook. */
    public Map<String, String> unwovenMethods() {
        Map<String, String> texts = texts(node);
        for (MethodNode method : node.methods) {
            if (instructions(method).anyMatch(WovenClass::isHookCall)) {
                texts.remove(method.name + method.desc);
            }
        }
        return texts;
    }

    public static Map<String, String> methods(byte[] classFile) {
        return texts(node(classFile));
    }

    private static Map<String, String> texts(ClassNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (MethodNode method : node.methods) {
            Textifier text = new Textifier();
            method.accept(new TraceMethodVisitor(text));
            StringWriter written = new StringWriter();
            text.print(new PrintWriter(written, true));
            texts.put(method.name + method.desc, method.access + " " + written);
        }
        return texts;
    }
}
