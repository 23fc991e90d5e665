package io.corral.agent.pack;

import java.nio.charset.StandardCharsets;

/**
 * Gives the methods that ask for it the JVM's reserved stack. The annotation that does so is the JDK's own, and heeded
 * in the boot loader only; a compiler does not let us name it, so its name takes the place of ours in the constants.
 */
final class ReservedStack {

    private static final String OURS = constant("Lio/corral/runtime/jdk/ReservedStack;");
    private static final String JDKS = constant("Ljdk/internal/vm/annotation/ReservedStackAccess;");

    private ReservedStack() {}

    static byte[] grant(byte[] classFile) {
        return new String(classFile, StandardCharsets.ISO_8859_1)
                .replace(OURS, JDKS)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As a class file holds it: a tag, the length, the characters. */
    private static String constant(String text) {
        return "\001" + (char) (text.length() >> 8) + (char) (text.length() & 0xff) + text;
    }
}
