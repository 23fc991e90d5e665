package io.corral.agent.pack;

import java.nio.charset.StandardCharsets;

/**
 * Gives methods what they ask the JVM for: its reserved stack, or to be compiled into their callers; and a field what it
 * asks JFR for. The annotations that do so are the JDK's own. Those for methods are heeded in the boot loader only, and no
 * compiler lets us name them, nor one of JDK 17 that for fields; so their names take the place of ours in the
 * constants.
 */
final class VmAnnotations {

    private static final String OURS = "Lio/corral/runtime/jdk/";
    private static final String JDKS = "Ljdk/internal/vm/annotation/";

    private VmAnnotations() {}

    static byte[] grant(byte[] classFile) {
        return new String(classFile, StandardCharsets.ISO_8859_1)
                .replace(constant(OURS + "ReservedStack;"), constant(JDKS + "ReservedStackAccess;"))
                .replace(constant(OURS + "ForceInline;"), constant(JDKS + "ForceInline;"))
                .replace(constant(OURS + "DontInline;"), constant(JDKS + "DontInline;"))
                .replace(constant(OURS + "Contextual;"), constant("Ljdk/jfr/Contextual;"))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As a class file holds it: a tag, the length, the characters. */
    private static String constant(String text) {
        return "\001" + (char) (text.length() >> 8) + (char) (text.length() & 0xff) + text;
    }
}
