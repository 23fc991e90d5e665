package io.corral.tools;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a process before anybody attaches to it. Attaching sends a signal that ends what is no JVM, and that
 * makes a JVM which refuses print a thread dump.
 *
 * @param user whose it is, or null if that is unknown, or if there is no such process
 * @param ownUser who asks
 * @param jvm whether it is a JVM
 * @param refuses whether it was started with a flag that says so
 */
record JvmProcess(
        long pid,
        boolean exists,
        @Nullable String user,
        @Nullable String ownUser,
        boolean jvm,
        boolean refuses) {

    private static final String REFUSAL = "-XX:+DisableAttachMechanism";
    private static final String ROOT = "root";

    /** Of a process's status: the signals that it catches. */
    private static final String CAUGHT = "SigCgt:";

    private static final long SIGQUIT = 1 << (3 - 1);

    /** A JVM is ready in less than a second. */
    private static final int LOOKS = 20;

    private static final int MILLIS_BETWEEN_LOOKS = 100;

    static JvmProcess of(long pid) {
        String user =
                ProcessHandle.of(pid).flatMap(process -> process.info().user()).orElse(null);
        return new JvmProcess(
                pid,
                ProcessHandle.of(pid).isPresent(),
                user,
                ProcessHandle.current().info().user().orElse(null),
                isJvm(pid),
                isStartedWith(pid, REFUSAL));
    }

    /** Why nobody should attach to it, and what to do; or null. */
    @Nullable String whyNot() {
        if (!exists) {
            return "there is no process " + pid + "; jps lists the JVMs";
        }
        if (user != null && ownUser != null && !user.equals(ownUser) && !ownUser.equals(ROOT)) {
            return "process " + pid + " is the user " + user + "'s and you are " + ownUser
                    + ": a JVM lets its own user attach alone; try sudo -u " + user;
        }
        if (!jvm) {
            return "process " + pid + " is no JVM that could be attached to; jps lists the JVMs";
        }
        return refuses
                ? "JVM " + pid + " was started with " + REFUSAL
                        + " and refuses; start it with -javaagent"
                : null;
    }

    /**
     * By its library, where the system shows that, and if it catches the signal: one that has just started does not yet, and
     * would be ended. Else it is among those that have told so.
     */
    private static boolean isJvm(long pid) {
        try (Stream<String> maps = Files.lines(proc(pid, "maps"), StandardCharsets.ISO_8859_1)) {
            return maps.anyMatch(line -> line.contains("libjvm.")) && soonCatchesSignal(pid);
        } catch (IOException | RuntimeException notShown) {
            String id = Long.toString(pid);
            return VirtualMachine.list().stream().anyMatch(jvm -> jvm.id().equals(id));
        }
    }

    private static boolean soonCatchesSignal(long pid) throws IOException {
        for (int i = 0; i < LOOKS; i++) {
            if (catchesSignal(pid)) {
                return true;
            }
            try {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private static boolean catchesSignal(long pid) throws IOException {
        for (String line : Files.readAllLines(proc(pid, "status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(CAUGHT)) {
                long mask =
                        Long.parseUnsignedLong(line.substring(CAUGHT.length()).trim(), 16);
                return (mask & SIGQUIT) != 0;
            }
        }
        return true;
    }

    private static boolean isStartedWith(long pid, String flag) {
        try {
            String words = Files.readString(proc(pid, "cmdline"), StandardCharsets.ISO_8859_1);
            return Stream.of(words.split("\0", -1)).anyMatch(flag::equals);
        } catch (IOException notShown) {
            return false;
        }
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}
