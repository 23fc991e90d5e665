package io.corral.weaver.common;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.DOUBLE;
import static org.objectweb.asm.Opcodes.F_NEW;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.LONG;
import static org.objectweb.asm.Opcodes.POP;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;

/**
 * Writes calls of hooks with a catch-all around each. A hook catches everything itself, but the
 * stack may overflow before it begins.
 */
public final class GuardedMethodVisitor extends AnalyzerAdapter {

    private final String owner;

    /** The labels of the current guard. */
    private Object @Nullable [] guardedLocals;

    private List<Object> guardedStack = List.of();
    private Label guardEnd = new Label();
    private Label guardCaught = new Label();

    /**
     * The method's own handlers. They are written after those of the guards, since the JVM uses the
     * first handler that covers a call.
     */
    private final List<Handler> handlers = new ArrayList<>();

    private record Handler(
            Label from, Label until, Label caught, @Nullable String type) {}

    public GuardedMethodVisitor(
            String owner, int access, String name, String descriptor, MethodVisitor to) {
        super(Opcodes.ASM9, owner, access, name, descriptor, to);
        this.owner = owner;
    }

    /** Whether a call can be guarded here. */
    public boolean canGuard(boolean thisOnStack) {
        return stack == null || stack.equals(expected(thisOnStack));
    }

    private List<Object> expected(boolean thisOnStack) {
        return thisOnStack ? List.of(owner) : List.of();
    }

    /**
     * Begins a {@code try { ... } catch (Throwable) {}} around the code from here to
     * {@link #endGuard}, which must leave the stack unchanged. A catch clears the stack, so it must
     * be empty here, or hold {@code this} only.
     *
     * <p>Without a class archive JDK 17 drops the frames of its own classes, since it does not
     * verify them. Then the analyzer knows no types after the first jump, and no frame is needed.
     */
    public void beginGuard(boolean thisOnStack) {
        if (!canGuard(thisOnStack)) {
            throw new IllegalStateException("can't guard a call where the stack holds " + stack);
        }
        List<Object> expected = expected(thisOnStack);
        guardedLocals = stack == null ? null : withoutSecondHalves(locals);
        guardedStack = expected;
        guardEnd = new Label();
        guardCaught = new Label();
        Label from = new Label();
        super.visitTryCatchBlock(from, guardEnd, guardCaught, "java/lang/Throwable");
        visitLabel(from);
    }

    @Override
    public void visitTryCatchBlock(Label from, Label until, Label caught, @Nullable String type) {
        handlers.add(new Handler(from, until, caught, type));
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        for (Handler each : handlers) {
            super.visitTryCatchBlock(each.from(), each.until(), each.caught(), each.type());
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    public void endGuard() {
        Label after = new Label();
        visitLabel(guardEnd);
        visitJumpInsn(GOTO, after);
        visitLabel(guardCaught);
        frame(guardedLocals, List.of("java/lang/Throwable"));
        visitInsn(POP);
        if (!guardedStack.isEmpty()) {
            visitVarInsn(ALOAD, 0);
        }
        visitLabel(after);
        frame(guardedLocals, guardedStack);
    }

    private void frame(Object @Nullable [] localsHere, List<Object> stackHere) {
        if (localsHere != null) {
            visitFrame(F_NEW, localsHere.length, localsHere, stackHere.size(), stackHere.toArray());
        }
    }

    /** The analyzer has two entries for a long or a double, and a frame has one. */
    private static Object[] withoutSecondHalves(List<@Nullable Object> locals) {
        List<@Nullable Object> frame = new ArrayList<>();
        for (int i = 0; i < locals.size(); i++) {
            Object local = locals.get(i);
            frame.add(local);
            if (local == LONG || local == DOUBLE) {
                i++;
            }
        }
        return frame.toArray();
    }
}
