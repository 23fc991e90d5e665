package io.corral.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingStream;

/** Runs in the forked JVM: counts rounds of probes while all threads share a CPU, and while they do not. */
final class TeardownProgram {

    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final int RECONCILIATIONS = 3;
    private static final int SECONDS_AT_MOST = 60;

    private final AtomicInteger reconciliations = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();

    private TeardownProgram() {}

    public static void main(String[] arguments) throws Exception {
        String all = allowedCpus();
        takeCpus(all.split("[-,]", -1)[0]);
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
            System.out.println("probesOnOneCpu=" + program.probesMeanwhile());
            takeCpus(all);
            System.out.println("probesOnAll=" + program.probesMeanwhile());
        }
        System.exit(0);
    }

    private int probesMeanwhile() throws InterruptedException {
        int first = reconciliations.get();
        int before = probes.get();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_AT_MOST);
        while (reconciliations.get() - first < RECONCILIATIONS) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(reconciliations + " reconciliations");
            }
            Thread.sleep(10);
        }
        return probes.get() - before;
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

    /** All threads, and those they start. */
    private static void takeCpus(String list) throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        Process command = new ProcessBuilder("taskset", "-a", "-c", "-p", list, pid)
                .redirectErrorStream(true)
                .start();
        String said = new String(command.getInputStream().readAllBytes(), UTF_8);
        if (command.waitFor() != 0 || !allowedCpus().equals(list)) {
            throw new IllegalStateException(said);
        }
    }
}
