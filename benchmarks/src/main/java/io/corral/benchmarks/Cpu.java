package io.corral.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A CPU that a process can be put on, where Linux has the command for it: a thread that is waited for on
 * another CPU costs what it takes to wake that one, which is chance.
 *
 * @param number the kernel's
 */
public record Cpu(int number) {

    private static final Path COMMAND = Path.of("/usr/bin/taskset");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int TRIES = 20;
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Those that this process may have; none if a process can't be put on one. */
    public static List<Cpu> allowed() {
        if (!Files.isExecutable(COMMAND)) {
            return List.of();
        }
        try {
            return allowed(STATUS);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Of {@code Cpus_allowed_list: 0-3,8}. */
    static Stream<Cpu> inList(String line) {
        return Stream.of(line.substring(ALLOWED.length()).trim().split(",", -1))
                .map(range -> range.split("-", -1))
                .flatMap(ends -> IntStream.rangeClosed(
                                Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                        .mapToObj(Cpu::new));
    }

    /**
     * What stands before a command that is to run on one CPU; empty if it can't be done. It is the last one: the
     * first has the most interrupts to serve.
     */
    public static List<String> prefixOfLast() {
        List<Cpu> allowed = allowed();
        return allowed.isEmpty() ? List.of() : allowed.get(allowed.size() - 1).prefix();
    }

    /**
     * The last two, for processes that are not to be in each other's way.
     *
     * @param variable of the environment that asks for them
     * @throws IOException if processes can't be put on CPUs here, or there are not two
     */
    public static List<Cpu> lastTwo(String variable) throws IOException {
        return lastTwo(variable, allowed());
    }

    static List<Cpu> lastTwo(String variable, List<Cpu> allowed) throws IOException {
        int count = allowed.size();
        if (count < 2) {
            throw new IOException(
                    variable + " is set, which takes two CPUs, Linux and its " + COMMAND
                            + ", of util-linux; leave CORRAL_BENCH_PAIRS and CORRAL_BENCH_LOAD unset"
                            + " to measure services one after the other, wherever they run");
        }
        return List.of(allowed.get(count - 1), allowed.get(count - 2));
    }

    /** What stands before a command that is to run here. */
    public List<String> prefix() {
        return List.of(COMMAND.toString(), "-c", Integer.toString(number));
    }

    /**
     * Puts all threads of a process here. The command gives up where one ends meanwhile, and one that another starts
     * may escape it, so it is tried again.
     */
    public void take(long pid) throws IOException, InterruptedException {
        String said = "";
        for (int i = 0; i < TRIES; i++) {
            said = command("-acp", pid);
            if (whereIs(pid).equals(Set.of(this))) {
                return;
            }
        }
        throw new IOException("process " + pid + " can't be put on CPU " + number + ": " + said);
    }

    /**
     * Puts one thread here.
     *
     * @param thread the kernel's number of it
     */
    public void takeThread(long thread) throws IOException, InterruptedException {
        String said = command("-cp", thread);
        if (!allowed(Path.of("/proc/" + thread + "/status")).equals(List.of(this))) {
            throw new IOException(
                    "thread " + thread + " can't be put on CPU " + number + ": " + said);
        }
    }

    /**
     * @param flags what to put on a CPU of this number: a thread, or with {@code a} all of its process
     * @return what it says
     */
    private String command(String flags, long id) throws IOException, InterruptedException {
        Process command = new ProcessBuilder(
                        COMMAND.toString(), flags, Integer.toString(number), Long.toString(id))
                .redirectErrorStream(true)
                .start();
        String said = new String(command.getInputStream().readAllBytes(), UTF_8);
        command.waitFor();
        return said;
    }

    /** Where the threads of a process may run; nowhere if there is none. */
    static Set<Cpu> whereIs(long pid) throws IOException {
        Set<Cpu> cpus = new HashSet<>();
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                cpus.addAll(allowed(thread.resolve("status")));
            }
        } catch (NoSuchFileException ended) {
            // The process.
        }
        return cpus;
    }

    /** None for a thread that ends meanwhile. */
    private static List<Cpu> allowed(Path status) throws IOException {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(ALLOWED))
                    .flatMap(Cpu::inList)
                    .toList();
        } catch (NoSuchFileException | UncheckedIOException ended) {
            return List.of();
        }
    }
}
