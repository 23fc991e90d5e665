package io.corral.it.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingStream;

/** Runs in the forked JVM: counts probes while all threads share a CPU, and while they do not. */
final class TeardownProgram {

    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final int RECONCILIATIONS = 3;
    private static final int MAX_SECONDS = 60;

    private final AtomicInteger reconciliations = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();

    private TeardownProgram() {}

    public static void main(String[] arguments) throws Exception {
        String all = allowedCpus();
        takeCpus(all.split("[-,]", -1)[0]);
        burn();
        TeardownProgram program = new TeardownProgram();
        try (RecordingStream stream = new RecordingStream()) {
            stream.enable("corral.ThreadFork");
            stream.enable("corral.Reconciliation");
            stream.onEvent(
                    "corral.Reconciliation", event -> program.reconciliations.getAndIncrement());
            stream.onEvent("corral.ThreadFork", event -> {
                if (event.getString("threadName").equals("corral-teardown-probe")) {
                    program.probes.getAndIncrement();
                }
            });
            stream.startAsync();
            await(RECONCILIATIONS, program.reconciliations);
            System.out.println("reconciliations=" + program.reconciliations);
            System.out.println("probesOnOneCpu=" + program.probes.get());
            takeCpus(all);
            await(1, program.probes);
            System.out.println("probesOnAll=" + program.probes.get());
        }
        System.exit(0);
    }

    /** Returns after a time limit, whether or not the probes have run. */
    private static void await(int atLeast, AtomicInteger seen) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
        while (seen.get() < atLeast && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
    }

    /** Uses CPU time until the process can afford probes: they use at most 1 % of it. */
    private static void burn() {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        while (clock.getCurrentThreadCpuTime() < TimeUnit.SECONDS.toNanos(2)) {
            Thread.onSpinWait();
        }
    }

    private static String allowedCpus() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .orElseThrow()
                    .substring(ALLOWED.length())
                    .trim();
        }
    }

    /** The affinity of all threads, and of those they start. */
    private static void takeCpus(String list) throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        Process command = new ProcessBuilder("taskset", "-a", "-c", "-p", list, pid)
                .redirectErrorStream(true)
                .start();
        String said = new String(command.getInputStream().readAllBytes(), UTF_8);
        if (command.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }
}
