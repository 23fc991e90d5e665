package io.corral.commands.reading;

import com.sun.tools.attach.VirtualMachine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the JVMs of this user that have Corral, without attaching to any of them. On Linux, a JVM
 * keeps the jar of a loaded agent open. On other systems only the command line is searched, so a
 * JVM that Corral was attached to is not found.
 */
public final class CorralJvms {

    private static final String JAR = "corral-agent";

    /** Words of a command line end with a zero. */
    private static final Pattern AGENT = Pattern.compile("-javaagent:[^\\x00]*" + JAR);

    /** The commands have the jar on their class path. */
    private static final String COMMANDS = "io.corral.commands.Tools";

    private CorralJvms() {}

    /**
     * By process ID, the process ID and the name of the program. Perhaps also those of other
     * processes: the file that lists a JVM stays if the JVM is killed, and its process ID may be
     * used again.
     */
    public static Map<Long, String> find() {
        Map<Long, String> found = new TreeMap<>();
        VirtualMachine.list().forEach(each -> {
            long pid = Long.parseLong(each.id());
            if (!each.displayName().startsWith(COMMANDS) && hasCorral(pid)) {
                found.put(pid, pid + " " + ProgramName.shortened(each.displayName()));
            }
        });
        return found;
    }

    private static boolean hasCorral(long pid) {
        return isOnCommandLine(pid) || isOpenIn(pid);
    }

    private static boolean isOnCommandLine(long pid) {
        try {
            Path proc = Path.of("/proc", Long.toString(pid), "cmdline");
            return AGENT.matcher(Files.readString(proc, StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException notShown) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().commandLine())
                    .filter(line -> AGENT.matcher(line).find())
                    .isPresent();
        }
    }

    private static boolean isOpenIn(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.anyMatch(CorralJvms::leadsToJar);
        } catch (IOException notShown) {
            return false;
        }
    }

    private static boolean leadsToJar(Path link) {
        try {
            Path name = Files.readSymbolicLink(link).getFileName();
            return name != null && name.toString().startsWith(JAR);
        } catch (IOException closed) {
            return false;
        }
    }
}
