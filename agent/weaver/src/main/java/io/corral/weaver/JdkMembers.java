package io.corral.weaver;

import static org.objectweb.asm.Opcodes.ACC_INTERFACE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.PUTSTATIC;

import io.corral.runtime.jdk.TestedJdks;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Looks for the classes and members of a JDK that Corral's classes in packages of the JDK use. The
 * JVM would report a missing one only at its first use, in a hook. Looks into class files, since
 * reflection hides some members.
 */
public final class JdkMembers {

    /** Where the class files of the JDK are. */
    interface ClassFiles {

        /** @return null if the JDK has no such class */
        byte @Nullable [] of(String internalName) throws IOException;
    }

    /** The classes of Corral, and the members that it adds, are not the JDK's. */
    private static final String CORRAL_PACKAGE = "io/corral/";

    private static final String ADDED = "corral$";

    private final ClassFiles jdk;

    /** The classes looked for, by internal name; null if the JDK has none of that name. */
    private final Map<String, @Nullable Declared> known = new HashMap<>();

    private JdkMembers(ClassFiles jdk) {
        this.jdk = jdk;
    }

    /**
     * Looks into the running JDK.
     *
     * @param users class files of Corral
     * @return the first class or member that is missing, as a line; null if there is none
     */
    public static @Nullable String missing(List<byte[]> users) throws IOException {
        String missing = missing(users, new Running());
        return missing == null
                ? null
                : missing + " not found on Java " + System.getProperty("java.version")
                        + TestedJdks.SUPPORTED;
    }

    /**
     * The class file of a class of the running JDK; null if it has no such class. A call
     * initializes the default file system, which an application may replace by a property. So it is
     * only called on a JDK newer than the tested ones.
     */
    static byte @Nullable [] classFile(String internalName) throws IOException {
        try (InputStream in =
                ClassLoader.getPlatformClassLoader().getResourceAsStream(internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        }
    }

    static @Nullable String missing(List<byte[]> users, ClassFiles jdk) throws IOException {
        JdkMembers members = new JdkMembers(jdk);
        for (byte[] user : users) {
            UsedMembers used = new UsedMembers();
            new ClassReader(user).accept(used, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            for (Member each : used.members) {
                if (!members.has(each)) {
                    return each.title();
                }
            }
        }
        return null;
    }

    private boolean has(Member member) throws IOException {
        Declared owner = declared(member.owner);
        if (owner == null || member.name.isEmpty()) {
            return owner != null;
        }
        boolean isOfSameKind = member.isField() || owner.isInterface == member.isOfInterface;
        return isOfSameKind && has(owner, member);
    }

    /** Whether a class or one that it extends has the member. */
    private boolean has(Declared type, Member member) throws IOException {
        if (type.members.contains(member.key())) {
            return true;
        }
        for (String above : type.supertypes) {
            Declared declared = declared(above);
            if (declared != null && has(declared, member)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Declared declared(String internalName) throws IOException {
        if (!known.containsKey(internalName)) {
            byte[] classFile = jdk.of(internalName);
            Declared read = null;
            if (classFile != null) {
                read = new Declared();
                new ClassReader(classFile).accept(read, ClassReader.SKIP_CODE);
            }
            known.put(internalName, read);
        }
        return known.get(internalName);
    }

    /**
     * A class, or a member of it.
     *
     * @param name empty for the class itself
     */
    private record Member(
            String owner, String name, String descriptor, boolean isStatic, boolean isOfInterface) {

        boolean isField() {
            return !descriptor.startsWith("(");
        }

        String key() {
            return JdkMembers.key(name, descriptor, isStatic);
        }

        /** For a message, as {@code VirtualThread.scheduler}. */
        String title() {
            String type = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
            return name.isEmpty()
                    ? "the class " + owner.replace('/', '.')
                    : type + "." + name + (isField() ? "" : "()");
        }
    }

    private static String key(String name, String descriptor, boolean isStatic) {
        return (isStatic ? "static " : "") + name + descriptor;
    }

    /** What one class uses of other ones. */
    private static final class UsedMembers extends ClassVisitor {

        private final Set<Member> members = new HashSet<>();
        private String self = "";

        UsedMembers() {
            super(ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                String signature,
                String superName,
                String[] interfaces) {
            self = name;
        }

        private void add(
                String owner, String name, String type, boolean isStatic, boolean isOfInterface) {
            if (!owner.equals(self)
                    && !owner.startsWith("[")
                    && !owner.startsWith(CORRAL_PACKAGE)
                    && !name.startsWith(ADDED)) {
                members.add(new Member(owner, name, type, isStatic, isOfInterface));
            }
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(ASM9) {
                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    boolean isStatic = opcode == GETSTATIC || opcode == PUTSTATIC;
                    add(owner, field, type, isStatic, false);
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String takes, boolean itf) {
                    add(owner, called, takes, opcode == INVOKESTATIC, itf);
                }

                @Override
                public void visitTypeInsn(int opcode, String type) {
                    add(type, "", "", false, false);
                }

                @Override
                public void visitLdcInsn(Object value) {
                    if (value instanceof Type type && type.getSort() == Type.OBJECT) {
                        add(type.getInternalName(), "", "", false, false);
                    }
                }
            };
        }
    }

    /** What a class of the JDK declares. */
    private static final class Declared extends ClassVisitor {

        private final Set<String> members = new HashSet<>();
        private final Set<String> supertypes = new HashSet<>();
        private boolean isInterface;

        Declared() {
            super(ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                String signature,
                @Nullable String superName,
                String[] interfaces) {
            isInterface = (access & ACC_INTERFACE) != 0;
            if (superName != null) {
                supertypes.add(superName);
            }
            supertypes.addAll(List.of(interfaces));
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String descriptor, String signature, Object value) {
            members.add(key(name, descriptor, (access & ACC_STATIC) != 0));
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            members.add(key(name, descriptor, (access & ACC_STATIC) != 0));
            return null;
        }
    }

    private static final class Running implements ClassFiles {

        @Override
        public byte @Nullable [] of(String internalName) throws IOException {
            return classFile(internalName);
        }
    }
}
