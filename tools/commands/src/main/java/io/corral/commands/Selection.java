package io.corral.commands;

import io.corral.commands.endpoint.Endpoints;
import io.corral.commands.reading.CorralJvms;
import io.corral.commands.reading.LiveJvm;
import io.corral.commands.reading.Recording;
import io.corral.commands.reading.Source;
import io.corral.commands.view.EndpointRates;
import io.corral.commands.view.Outline;
import io.corral.commands.view.Rate;
import io.corral.commands.view.RateSource;
import io.corral.commands.view.Rates;
import io.corral.commands.view.SourceRates;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The arguments of {@code ls} and {@code top} that select what they show. */
final class Selection {

    private static final int FAILED = 1;

    private static final Pattern HOST_AND_PORT = Pattern.compile("[\\w.-]+:\\d{1,5}");

    @Parameters(
            arity = "0..*",
            paramLabel = "[PID|FILE|URL...] [CONTAINER]",
            hideParamSyntax = true,
            description = {
                "A JVM with Corral, a flight recording, or the URLs of the metrics of one or"
                        + " several JVMs, such as http://127.0.0.1:9464. The default is the only"
                        + " JVM of this user that has Corral.",
                "The path of a container, to show only it and those below it."
            })
    private List<String> words = new ArrayList<>();

    /** The path of the first container to show; null for the root. */
    private @Nullable String path;

    @Option(
            names = {"-H", "--hierarchy"},
            paramLabel = "NAME",
            defaultValue = "main",
            description = "The hierarchy (default: ${DEFAULT-VALUE}).")
    private String hierarchy = "main";

    /** What the rows are by, if not only by container. */
    private enum By {
        jvm
    }

    @Option(
            names = "--by",
            paramLabel = "jvm",
            description = "With URLs: each JVM gets rows of its own, instead of the sums.")
    private @Nullable By by;

    @Option(names = "--depth", paramLabel = "N", description = "Levels shown below the first.")
    private int depth = Integer.MAX_VALUE;

    @Option(names = "--json", description = "Prints a line of JSON for each reading.")
    private boolean json;

    /** The path without a slash at its end. */
    private String path() {
        String given = path == null ? "/" : path;
        return given.length() > 1 && given.endsWith("/")
                ? given.substring(0, given.length() - 1)
                : given;
    }

    String hierarchy() {
        return hierarchy;
    }

    boolean isJson() {
        return json;
    }

    /** Shows readings of a source. */
    interface View {
        void show(RateSource source) throws IOException, InterruptedException;
    }

    /**
     * @param isWatched whether somebody looks at a terminal, and is to see what takes the time
     *     until there is something to show
     * @return the exit code of the command; a failure was printed
     */
    int show(CommandSpec spec, boolean isWatched, View view) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (isWatched && !words.isEmpty()) {
            err.println("corral: reading " + String.join(" ", words));
            err.flush();
        }
        try (RateSource opened = open(err)) {
            view.show(opened);
            return 0;
        } catch (IOException failure) {
            ("corral: " + failure.getMessage()).lines().forEach(err::println);
        } catch (NoClassDefFoundError noModule) {
            err.println("corral: " + RunningJvm.NO_ATTACH_MODULE);
        }
        return FAILED;
    }

    /** The outline of the rows to show. */
    Outline outline() {
        Outline outline = new Outline();
        outline.root(path());
        outline.depth(depth);
        return outline;
    }

    /** @throws IOException if there is no such container in what could be read */
    List<Rate> rows(RateSource from, Rates rates, Outline outline) throws IOException {
        List<Rate> rows = outline.rows(rates.rows());
        if (rows.isEmpty() && !rates.rows().isEmpty()) {
            throw new IOException(from.title() + " has no container " + path()
                    + " in the hierarchy " + rates.reading().hierarchy()
                    + (path().startsWith("/") ? "" : "; a path begins with /"));
        }
        return rows;
    }

    /** @throws ParameterException if an argument is wrong */
    void check(CommandSpec spec) {
        String error = error();
        if (error != null) {
            throw new ParameterException(spec.commandLine(), error);
        }
    }

    private @Nullable String error() {
        if (depth < 0) {
            return "--depth is " + depth + "; expected 0 or more";
        }
        int urls = (int) words.stream().filter(Endpoints::isUrl).count();
        if (by != null && urls == 0) {
            return "--by jvm needs URLs of metrics, such as http://127.0.0.1:9464";
        }
        // The last word may be the path of a container.
        boolean isOneTooMany = words.size() > Math.max(1, leadingUrls()) + 1;
        return isOneTooMany || leadingUrls() < urls
                ? "unexpected " + words.get(words.size() - 1)
                        + "; expected a PID, a FILE or URLs, and after them the path of a container"
                : null;
    }

    private int leadingUrls() {
        int urls = 0;
        while (urls < words.size() && Endpoints.isUrl(words.get(urls))) {
            urls++;
        }
        return urls;
    }

    /**
     * Opens JVMs or a recording. If the first argument is the path of a container, opens the only
     * JVM.
     *
     * @param err gets a line that names the JVM if the arguments do not, and what is wrong with a
     *     recording
     * @throws IOException if it can't be read; the message says why and what to do
     */
    private RateSource open(PrintWriter err) throws IOException {
        int urls = leadingUrls();
        int last = Math.max(1, urls);
        path = words.size() > last ? words.get(last) : null;
        if (urls > 0) {
            return new EndpointRates(Endpoints.of(words.subList(0, urls)), by == By.jvm);
        }
        return new SourceRates(open(words.isEmpty() ? null : words.get(0), err));
    }

    private Source open(@Nullable String given, PrintWriter err) throws IOException {
        if (given == null) {
            return connectToOnlyJvm(err);
        }
        if (given.matches("[0-9]{1,18}")) {
            return connect(Long.parseLong(given));
        }
        if (given.startsWith("/") && path == null && !isFile(given)) {
            // The argument is the path of a container, and no JVM is named.
            path = given;
            return connectToOnlyJvm(err);
        }
        return file(given, err);
    }

    private static Source file(String name, PrintWriter err) throws IOException {
        if (!isFile(name)) {
            String url = HOST_AND_PORT.matcher(name).matches()
                    ? "http://" + name
                    : "http://127.0.0.1:9464";
            throw new IOException("there is no file " + name
                    + "; expected the process ID of a JVM, a flight recording, or a URL such as "
                    + url);
        }
        Recording recording = Recording.open(Path.of(name));
        if (recording.warning() != null) {
            err.println("corral: " + recording.warning());
        }
        return recording;
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException notInThisLocale) {
            return false;
        }
    }

    private static Source connect(long pid) throws IOException {
        String problem = JvmProcess.of(pid).problem();
        if (problem != null) {
            throw new IOException(problem);
        }
        return LiveJvm.connect(pid);
    }

    private static Source connectToOnlyJvm(PrintWriter err) throws IOException {
        Map<Long, String> found = CorralJvms.find();
        found.keySet().removeIf(pid -> !JvmProcess.of(pid).isJvm());
        if (found.isEmpty()) {
            throw new IOException(
                    "no JVM of this user has Corral; load it with corral attach PID, or give the"
                            + " process ID of another user's JVM, a recording or a URL");
        }
        if (found.size() > 1) {
            throw new IOException("several JVMs have Corral; give the process ID of one:"
                    + found.values().stream()
                            .map(jvm -> System.lineSeparator() + "  " + jvm)
                            .collect(Collectors.joining()));
        }
        Map.Entry<Long, String> only = found.entrySet().iterator().next();
        // To connect takes seconds if the JVM is busy.
        err.println("corral: JVM " + only.getValue());
        err.flush();
        return connect(only.getKey());
    }
}
