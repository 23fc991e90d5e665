package io.corral.agent.weave;

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
 * Writes calls of hooks with a catch-all around each: a hook catches all itself, but an exhausted
 * stack can strike before it has begun.
 */
final class GuardedCalls extends AnalyzerAdapter {

    private final String owner;

    GuardedCalls(String owner, int access, String name, String descriptor, MethodVisitor to) {
        super(Opcodes.ASM9, owner, access, name, descriptor, to);
        this.owner = owner;
    }

    /**
     * Writes {@code try { call } catch (Throwable) {}}. A catch clears the stack, so at such a place
     * there may be nothing on it, or {@code this} alone.
     */
    void guarded(HookCall call) {
        boolean thisOnStack = !stack.isEmpty();
        if (stack.size() > 1 || (thisOnStack && !owner.equals(stack.get(0)))) {
            throw new IllegalStateException("can't guard a call where the stack holds " + stack);
        }
        Object[] localsHere = withoutSecondHalves(locals);
        Label from = new Label();
        Label to = new Label();
        Label caught = new Label();
        Label after = new Label();
        visitTryCatchBlock(from, to, caught, "java/lang/Throwable");
        visitLabel(from);
        call.write(this);
        visitLabel(to);
        visitJumpInsn(GOTO, after);
        visitLabel(caught);
        visitFrame(F_NEW, localsHere.length, localsHere, 1, new Object[] {"java/lang/Throwable"});
        visitInsn(POP);
        if (thisOnStack) {
            visitVarInsn(ALOAD, 0);
        }
        visitLabel(after);
        Object[] stackHere = thisOnStack ? new Object[] {owner} : new Object[0];
        visitFrame(F_NEW, localsHere.length, localsHere, stackHere.length, stackHere);
    }

    /** The analyzer keeps two entries for a long or a double, a frame one. */
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
