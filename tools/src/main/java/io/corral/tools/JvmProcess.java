package io.corral.tools;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a process before attaching. Attaching sends a signal that ends a process which
 * is not a JVM, and makes a JVM that disables attaching print a thread dump.
 *
 * @param user its owner, or null if that is unknown or there is no such process
 * @param ownUser the user of this command
 * @param jvm whether it is a JVM
 * @param refuses whether a flag of that JVM disables attaching
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

    /** The line of a process's status with the signals that it catches. */
    private static final String CAUGHT = "SigCgt:";

    private static final long SIGQUIT = 1 << (3 - 1);

    /** How long to wait for a JVM that is starting, which takes less than a second. */
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

    /** Why this command must not attach, and what to do; null if it may. */
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
     * Whether it is a JVM that is ready. On Linux it has loaded the JVM's library and catches the
     * signal, which would end a JVM that has just started. On other systems it is in the JDK's list
     * of JVMs.
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
