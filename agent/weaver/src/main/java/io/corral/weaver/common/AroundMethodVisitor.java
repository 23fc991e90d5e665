package io.corral.weaver.common;

import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.NOP;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.SIPUSH;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.LocalVariablesSorter;

/**
 * Writes hooks around the body of a method:
 *
 * <pre>
 * Object begun = null;
 * try { begun = Hook.begin(argument); } catch (Throwable) {}
 * try { ... } finally { try { Hook.end(begun); } catch (Throwable) {} }
 * </pre>
 *
 * <p>Another agent may have woven the method before. So the locals of the method are moved up to
 * make room, and its own handlers come first.
 */
public final class AroundMethodVisitor extends LocalVariablesSorter {

    private static final String THROWABLE = "java/lang/Throwable";
    private static final Type OBJECT = Type.getType(Object.class);

    private final Hooks hooks;
    private final Type returned;

    /** The locals at the entry: this, the arguments, and the result of the first hook. */
    private final List<Object> locals = new ArrayList<>();

    /** The same locals later. The body may have used those of the arguments for others. */
    private final List<Object> laterLocals = new ArrayList<>();

    private final int begun;

    /** The local for the returned value. The body does not use it. */
    private final int result;

    private final Label from = new Label();
    private final Label returns = new Label();

    private boolean canReturn;

    /**
     * The two hooks, which are methods of one class.
     *
     * @param argument the local that the first hook is called with
     * @param number passed to the hooks that take an {@code int}; negative for others
     * @param endsByThrowingOnly whether the second hook is only called if the method throws, and
     *     takes the number as well
     */
    public record Hooks(
            String owner,
            String begin,
            String end,
            int argument,
            int number,
            boolean endsByThrowingOnly) {

        /** For hooks that are called with {@code this}. */
        public Hooks(String owner, String begin, String end) {
            this(owner, begin, end, 0, -1, false);
        }
    }

    public AroundMethodVisitor(
            String owner, int access, String descriptor, Hooks hooks, MethodVisitor to) {
        super(ASM9, access, descriptor, to);
        this.hooks = hooks;
        this.returned = Type.getReturnType(descriptor);
        if ((access & ACC_STATIC) == 0) {
            add(Type.getObjectType(owner));
        }
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            add(argument);
        }
        add(OBJECT);
        laterLocals.set(laterLocals.size() - 1, OBJECT.getInternalName());
        begun = newLocal(OBJECT);
        // The local has no type in frames, since nothing is stored in it until the method returns.
        result = returned.equals(Type.VOID_TYPE) ? begun + 1 : newLocalMapping(returned);
    }

    private void add(Type local) {
        locals.add(inFrames(local));
        for (int i = 0; i < local.getSize(); i++) {
            laterLocals.add(Opcodes.TOP);
        }
    }

    private static Object inFrames(Type type) {
        return switch (type.getSort()) {
            case Type.OBJECT, Type.ARRAY -> type.getInternalName();
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.FLOAT -> Opcodes.FLOAT;
            default -> Opcodes.INTEGER;
        };
    }

    @Override
    public void visitCode() {
        super.visitCode();
        mv.visitInsn(ACONST_NULL);
        mv.visitVarInsn(ASTORE, begun);
        CatchAll guard = new CatchAll(mv);
        mv.visitVarInsn(ALOAD, hooks.argument());
        call(hooks.begin(), OBJECT.getDescriptor(), hooks.number() >= 0);
        mv.visitVarInsn(ASTORE, begun);
        guard.end(locals);
        // The method's first instruction may have a frame. Two frames can't be at one offset.
        mv.visitInsn(NOP);
        mv.visitLabel(from);
    }

    /**
     * A return becomes a jump to code after the body. A handler of the body may cover the return,
     * and a hook's code there would have to keep the locals that this handler needs.
     */
    @Override
    public void visitInsn(int opcode) {
        if (opcode < IRETURN || opcode > RETURN || hooks.endsByThrowingOnly()) {
            super.visitInsn(opcode);
            return;
        }
        canReturn = true;
        if (opcode != RETURN) {
            mv.visitVarInsn(returned.getOpcode(ISTORE), result);
        }
        mv.visitJumpInsn(GOTO, returns);
    }

    /** Written after all other handlers. */
    @Override
    public void visitMaxs(int stack, int variables) {
        Label thrown = new Label();
        mv.visitLabel(returns);
        if (canReturn) {
            writeReturn();
        }
        mv.visitTryCatchBlock(from, returns, thrown, null);
        mv.visitLabel(thrown);
        CatchAll.frame(mv, laterLocals, List.of(THROWABLE));
        mv.visitVarInsn(ASTORE, begun + 1);
        end(laterLocalsWith(THROWABLE));
        mv.visitVarInsn(ALOAD, begun + 1);
        mv.visitInsn(ATHROW);
        super.visitMaxs(stack, variables);
    }

    private void writeReturn() {
        boolean isVoid = returned.equals(Type.VOID_TYPE);
        List<Object> held = isVoid ? laterLocals : laterLocalsWith(inFrames(returned));
        CatchAll.frame(mv, held, List.of());
        end(held);
        if (!isVoid) {
            mv.visitVarInsn(returned.getOpcode(ILOAD), result);
        }
        mv.visitInsn(returned.getOpcode(IRETURN));
    }

    private List<Object> laterLocalsWith(Object kept) {
        List<Object> all = new ArrayList<>(laterLocals);
        all.add(kept);
        return all;
    }

    private void end(List<Object> held) {
        CatchAll guard = new CatchAll(mv);
        mv.visitVarInsn(ALOAD, begun);
        call(hooks.end(), "V", hooks.endsByThrowingOnly());
        guard.end(held);
    }

    private void call(String hook, String returns, boolean withNumber) {
        if (withNumber) {
            mv.visitIntInsn(SIPUSH, hooks.number());
        }
        String takes = "(" + OBJECT.getDescriptor() + (withNumber ? "I)" : ")");
        mv.visitMethodInsn(INVOKESTATIC, hooks.owner(), hook, takes + returns, false);
    }
}
