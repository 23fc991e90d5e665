package io.corral.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Looks for what a class uses in JDKs that have it, or lack a part of it. */
class JdkMembersTest {

    private static final String DEQUE = "java/util/ArrayDeque";

    /** Uses methods, a static field and an inherited method of the JDK. */
    static final class User {
        static Object use(ArrayDeque<Object> items) {
            items.addFirst(System.out);
            return items.toString() + Runtime.getRuntime();
        }
    }

    @Test
    void runningJdkHasAllThatAClassUses() throws IOException {
        assertThat(JdkMembers.missing(List.of(classFile(User.class)))).isNull();
    }

    @Test
    void missingClassIsNamed() throws IOException {
        assertThat(missing(name -> name.equals(DEQUE) ? null : jdk(name)))
                .isEqualTo("ArrayDeque.addFirst()");
    }

    @Test
    void methodThatTheClassLacksIsNamed() throws IOException {
        assertThat(missing(name -> jdk(name.equals(DEQUE) ? "java/util/HashSet" : name)))
                .isEqualTo("ArrayDeque.addFirst()");
    }

    @Test
    void staticMemberThatIsNoLongerStaticIsNamed() throws IOException {
        assertThat(missing(name -> jdk(name.equals("java/lang/Runtime") ? DEQUE : name)))
                .isEqualTo("Runtime.getRuntime()");
    }

    @Test
    void lineNamesTheJvmAndWhatIsSupported() throws IOException {
        byte[] lacking = new String(classFile(User.class), StandardCharsets.ISO_8859_1)
                .replace("addFirst", "addThird")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(JdkMembers.missing(List.of(lacking)))
                .isEqualTo("ArrayDeque.addThird() not found on Java "
                        + System.getProperty("java.version")
                        + "; 17 to 25 are supported, of 21 from 21.0.3 on");
    }

    private static @Nullable String missing(JdkMembers.ClassFiles jdk) throws IOException {
        return JdkMembers.missing(List.of(classFile(User.class)), jdk);
    }

    private static byte @Nullable [] jdk(String internalName) throws IOException {
        try (InputStream in = Object.class.getResourceAsStream("/" + internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("JdkMembersTest$User.class")) {
            return in.readAllBytes();
        }
    }
}
