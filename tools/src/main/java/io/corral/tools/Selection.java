package io.corral.tools;

import io.corral.tools.reading.CorralJvms;
import io.corral.tools.reading.LiveJvm;
import io.corral.tools.reading.Recording;
import io.corral.tools.reading.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code ls} and {@code top} show. */
final class Selection {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PID|FILE",
            description = "A JVM with Corral, or a flight recording. The default is the only JVM of"
                    + " this user that has Corral.")
    private @Nullable String source;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CONTAINER",
            defaultValue = "/",
            description = "The path of a container: only it and those below it are shown.")
    private String path = "/";

    @Option(
            names = {"-H", "--hierarchy"},
            paramLabel = "NAME",
            defaultValue = "main",
            description = "The hierarchy (default: ${DEFAULT-VALUE}).")
    private String hierarchy = "main";

    @Option(names = "--depth", paramLabel = "N", description = "Levels shown below the first.")
    private int depth = Integer.MAX_VALUE;

    @Option(names = "--json", description = "Prints a line of JSON for each reading.")
    private boolean json;

    String path() {
        return path;
    }

    String hierarchy() {
        return hierarchy;
    }

    int depth() {
        return depth;
    }

    boolean isJson() {
        return json;
    }

    /** @throws IOException if it can't be read; the message says why and what to do */
    Source open() throws IOException {
        String given = source;
        if (given != null && given.startsWith("/") && !Files.exists(Path.of(given))) {
            // The path of a container, with the JVM left out.
            path = given;
            given = null;
        }
        if (given == null) {
            return connect(onlyJvm());
        }
        return given.matches("[0-9]{1,18}") ? connect(Long.parseLong(given)) : file(given);
    }

    private static Source file(String name) throws IOException {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + name
                    + "; expected the process ID of a JVM, or a flight recording");
        }
        try {
            return Recording.open(file);
        } catch (IOException unreadable) {
            throw new IOException(
                    name + " can't be read as a flight recording: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private static Source connect(long pid) throws IOException {
        String problem = JvmProcess.of(pid).problem();
        if (problem != null) {
            throw new IOException(problem);
        }
        return LiveJvm.connect(pid);
    }

    private static long onlyJvm() throws IOException {
        List<Long> found = CorralJvms.find();
        if (found.isEmpty()) {
            throw new IOException(
                    "no JVM of this user has Corral; give the process ID of a JVM or a recording");
        }
        if (found.size() > 1) {
            throw new IOException("several JVMs have Corral; give the process ID of one:"
                    + found.stream()
                            .map(pid -> System.lineSeparator() + "  " + CorralJvms.describe(pid))
                            .collect(Collectors.joining()));
        }
        return found.get(0);
    }
}
