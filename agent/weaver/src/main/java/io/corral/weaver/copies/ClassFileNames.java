package io.corral.weaver.copies;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names of a class and of its superclass from its class file. It runs for each class of
 * an application, so it reads nothing else and allocates only the name.
 */
final class ClassFileNames {

    private static final int CONSTANTS = 8;
    private static final int FIRST_CONSTANT = 10;

    /** The position after the constant pool. */
    private static final int THIS_CLASS = 2;

    private static final int SUPERCLASS = 4;

    private ClassFileNames() {}

    /** @return the internal name, or null if the class file is malformed */
    static @Nullable String self(byte[] classFile) {
        return name(classFile, THIS_CLASS);
    }

    /** @return the internal name, or null if there is none or the class file is malformed */
    static @Nullable String superclass(byte[] classFile) {
        return name(classFile, SUPERCLASS);
    }

    private static @Nullable String name(byte[] classFile, int behindConstants) {
        try {
            int end = constant(classFile, unsigned(classFile, CONSTANTS));
            int index = end < 0 ? 0 : unsigned(classFile, end + behindConstants);
            if (index == 0) {
                return null;
            }
            int name = constant(classFile, unsigned(classFile, constant(classFile, index) + 1));
            return new String(
                    classFile,
                    name + 3,
                    unsigned(classFile, name + 1),
                    StandardCharsets.ISO_8859_1);
        } catch (IndexOutOfBoundsException noClassFile) {
            // The JVM has not parsed the class file yet, and will reject it.
            return null;
        }
    }

    /**
     * The position of the constant of that number; -1 if an unknown kind of constant precedes it.
     */
    private static int constant(byte[] classFile, int index) {
        int at = FIRST_CONSTANT;
        for (int i = 1; i < index; i++) {
            switch (classFile[at]) {
                case 1 -> at += 3 + unsigned(classFile, at + 1);
                case 7, 8, 16, 19, 20 -> at += 3;
                case 15 -> at += 4;
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
                case 5, 6 -> {
                    // A long or a double takes two entries.
                    at += 9;
                    i++;
                }
                default -> {
                    return -1;
                }
            }
        }
        return at;
    }

    private static int unsigned(byte[] classFile, int at) {
        return ((classFile[at] & 0xff) << 8) | (classFile[at + 1] & 0xff);
    }
}
