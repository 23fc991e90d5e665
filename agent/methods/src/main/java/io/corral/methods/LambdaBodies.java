package io.corral.methods;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of a class's lambdas, and the methods that create the lambdas. The names of bodies
 * depend on the compiler.
 */
final class LambdaBodies extends ClassVisitor {

    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";

    /** By name and descriptor of the body. */
    private final Map<String, Lambda> lambdas = new HashMap<>();

    /**
     * The names of local variables by their slots, for methods that may be bodies. Empty without
     * debug information.
     */
    private final Map<String, Map<Integer, String>> variables = new HashMap<>();

    private String className = "";

    private LambdaBodies() {
        super(OpenedClassReader.ASM_API);
    }

    static LambdaBodies of(byte[] classFile) {
        LambdaBodies lambdas = new LambdaBodies();
        OpenedClassReader.of(classFile).accept(lambdas, ClassReader.SKIP_FRAMES);
        return lambdas;
    }

    /**
     * @param maker the name and descriptor of the method that creates it, which may be the body of
     *     another lambda
     * @param captured how many captured variables precede the arguments
     * @param firstSlot the slot of the first one
     */
    private record Lambda(String maker, int captured, int firstSlot) {}

    /**
     * The name of the method that creates the lambda with this body. For a lambda within a lambda,
     * the method that creates the outer one. Null if this is not the body of a lambda.
     */
    @Nullable String maker(String name, String descriptor) {
        Lambda lambda = lambdas.get(name + descriptor);
        if (lambda == null) {
            return null;
        }
        String maker = lambda.maker();
        for (Lambda outer = lambdas.get(maker); outer != null; outer = lambdas.get(maker)) {
            maker = outer.maker();
        }
        return maker.substring(0, maker.indexOf('('));
    }

    /**
     * The names of the captured variables, which precede the arguments of a body. A name is empty
     * if it is unknown.
     */
    List<String> captured(String name, String descriptor) {
        List<String> names = new ArrayList<>();
        Lambda lambda = lambdas.get(name + descriptor);
        if (lambda != null) {
            Map<Integer, String> known = variables.getOrDefault(name + descriptor, Map.of());
            Type[] types = Type.getArgumentTypes(descriptor);
            int slot = lambda.firstSlot();
            for (int i = 0; i < lambda.captured(); i++) {
                names.add(known.getOrDefault(slot, ""));
                slot += types[i].getSize();
            }
        }
        return names;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            String signature,
            String superName,
            String[] interfaces) {
        className = name;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        String maker = name + descriptor;
        boolean mayBeBody = (access & Opcodes.ACC_SYNTHETIC) != 0;
        return new MethodVisitor(OpenedClassReader.ASM_API) {
            @Override
            public void visitInvokeDynamicInsn(
                    String function, String makes, Handle by, Object... arguments) {
                if (by.getOwner().equals(FACTORY)
                        && arguments.length > 1
                        && arguments[1] instanceof Handle body
                        && body.getOwner().equals(className)) {
                    int receivers = body.getTag() == Opcodes.H_INVOKESTATIC ? 0 : 1;
                    int captured = Type.getArgumentTypes(makes).length - receivers;
                    add(body, new Lambda(maker, captured, receivers));
                }
            }

            @Override
            public void visitLocalVariable(
                    String variable,
                    String type,
                    String genericType,
                    Label start,
                    Label end,
                    int slot) {
                // Compilers do not reuse the slots of parameters.
                if (mayBeBody) {
                    variables
                            .computeIfAbsent(maker, method -> new HashMap<>())
                            .putIfAbsent(slot, variable);
                }
            }
        };
    }

    /** A method reference may refer to the method that contains it. */
    private void add(Handle body, Lambda lambda) {
        String key = body.getName() + body.getDesc();
        if (!key.equals(lambda.maker())) {
            lambdas.putIfAbsent(key, lambda);
        }
    }
}
