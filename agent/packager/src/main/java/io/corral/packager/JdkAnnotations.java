package io.corral.packager;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Replaces Corral's annotations by those of the JDK that they stand for. HotSpot obeys its
 * annotations for methods only in classes of the boot loader, and java.base does not export them.
 * The annotation for fields is JFR's, and JDK 17 lacks it. So sources cannot name them.
 */
final class JdkAnnotations {

    private static final Map<String, String> REPLACED = Map.of(
            "Lio/corral/runtime/jdk/ReservedStack;",
            "Ljdk/internal/vm/annotation/ReservedStackAccess;",
            "Lio/corral/runtime/jdk/ForceInline;",
            "Ljdk/internal/vm/annotation/ForceInline;",
            "Lio/corral/runtime/jdk/DontInline;",
            "Ljdk/internal/vm/annotation/DontInline;",
            "Lio/corral/runtime/jdk/Contextual;",
            "Ljdk/jfr/Contextual;");

    private JdkAnnotations() {}

    static byte[] replace(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> each : REPLACED.entrySet()) {
            text = text.replace(constant(each.getKey()), constant(each.getValue()));
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A class file's constant: its tag, its length, its characters. */
    private static String constant(String text) {
        return "\001" + (char) (text.length() >> 8) + (char) (text.length() & 0xff) + text;
    }
}
