package io.corral.commands;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a process that are known before an attach. An attach sends SIGQUIT, which ends a
 * process that is not a JVM, and which makes a JVM that refuses attaches print a thread dump.
 *
 * @param user the process's user, or null if unknown
 * @param ownUser the user of this process, or null if unknown
 * @param isJvm whether it is a JVM that handles the signal
 * @param refusesAttach whether it was started with the flag that refuses attaches
 */
record JvmProcess(
        long pid,
        boolean exists,
        @Nullable String user,
        @Nullable String ownUser,
        boolean isJvm,
        boolean refusesAttach) {

    private static final String REFUSAL = "-XX:+DisableAttachMechanism";
    private static final String ROOT = "root";

    /** The line in a process's status with the mask of the signals that it catches. */
    private static final String CAUGHT = "SigCgt:";

    private static final long SIGQUIT = 1 << (3 - 1);

    /** A JVM that has just started catches the signal in less than a second. */
    private static final int TRIES = 20;

    private static final int MILLIS_BETWEEN_TRIES = 100;

    /**
     * The process ID that an argument is.
     *
     * @param command for the message
     * @throws IllegalArgumentException if it is none
     */
    static long id(String argument, String command) {
        try {
            return Long.parseLong(argument);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(
                    "\"" + argument + "\" is not a process ID; expected a number, as in " + command
                            + " 4711",
                    noNumber);
        }
    }

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

    /** The reason against an attach and what to do, or null. */
    @Nullable String problem() {
        if (!exists) {
            return "there is no process " + pid + "; list the JVMs with jps";
        }
        if (user != null && ownUser != null && !user.equals(ownUser) && !ownUser.equals(ROOT)) {
            return "process " + pid + " belongs to user " + user + " and you are " + ownUser
                    + "; only its own user and root can attach; try sudo -u " + user;
        }
        if (!isJvm) {
            return "process " + pid + " is not a JVM; list the JVMs with jps";
        }
        return refusesAttach
                ? "JVM " + pid + " was started with " + REFUSAL
                        + " and can't be attached to; start it with -javaagent"
                : null;
    }

    /**
     * Whether a process is a JVM that catches SIGQUIT, judged by its libraries and signal mask
     * where the system shows these. The signal would end a JVM that has just started. Elsewhere the
     * JDK's own list decides.
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
        for (int i = 0; i < TRIES; i++) {
            if (catchesSignal(pid)) {
                return true;
            }
            try {
                Thread.sleep(MILLIS_BETWEEN_TRIES);
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
