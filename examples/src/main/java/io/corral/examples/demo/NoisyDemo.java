package io.corral.examples.demo;

import io.corral.commands.reading.Reading;
import io.corral.commands.reading.Recording;
import io.corral.examples.load.Flood;
import io.corral.examples.load.Load;
import io.corral.examples.service.Service;
import io.corral.examples.service.Shop;
import io.corral.examples.service.UsageReading;
import io.corral.examples.service.UsageReading.ContainerUsage;
import io.corral.report.Report;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code corral demo --noisy}: one tenant floods the service, first without a limit, then with two
 * limits in turns. A limit is one line of the rules file, which changes while the service runs.
 */
final class NoisyDemo {

    /** The time until a changed rules file is in force, and the service is flooded. */
    private static final int SETTLE_SECONDS = 4;

    /** What has no answer so long after a part is unanswered. */
    private static final int GRACE_SECONDS = 1;

    private static final String ENTER =
            "enter http -> /tenants/{header." + Shop.TENANT_HEADER + "}\n";

    private static final String FAIR = "limit /tenants/* fair";

    /**
     * One part of the run.
     *
     * @param line of the rules file; empty for no limit
     * @param path what the noisy tenant asks for
     */
    private record Part(String name, String line, String path) {}

    private static final List<Part> PARTS = List.of(
            new Part("no limit", "", Shop.BUSY_PATH),
            new Part("fair", FAIR, Shop.BUSY_PATH),
            new Part(
                    "cpu.max 50%",
                    "limit /tenants/" + Shop.TENANTS.get(0) + " cpu.max 50% wait 100ms",
                    Shop.BUSY_PATH));

    /** On virtual threads: the threads of such requests keep their carriers for long. */
    private static final Part LOOPS = new Part("fair, " + NoisyTable.LOOPS, FAIR, Shop.LOOP_PATH);

    private final Path agent;
    private final int seconds;
    private final boolean isWatched;
    private final boolean isVirtual;

    NoisyDemo(Path agent, int seconds, boolean isWatched, boolean isVirtual) {
        this.agent = agent;
        this.seconds = seconds;
        this.isWatched = isWatched;
        this.isVirtual = isVirtual;
    }

    void run(PendingRecording pending) throws IOException, InterruptedException {
        Path rules = Files.createTempFile("corral-noisy-", ".rules");
        try {
            Files.writeString(rules, ENTER);
            List<NoisyTable.Row> rows = run(pending, rules);
            Path target = pending.target();
            Path page = Report.pageFor(target);
            Report report = Report.read(pending.file(), String.valueOf(target.getFileName()));
            Reading reading = Recording.open(pending.file()).read("main");
            pending.complete();
            report.write(page);
            System.out.print("\n" + NoisyTable.text(rows, reading.meanwhile()) + "\n");
            HowToOpen.print(page, target);
        } finally {
            Files.deleteIfExists(rules);
        }
    }

    private List<NoisyTable.Row> run(PendingRecording pending, Path rules)
            throws IOException, InterruptedException {
        List<NoisyTable.Row> rows = new ArrayList<>();
        Progress.begin("service");
        try (ServiceProcess service = new ServiceProcess(
                agent,
                rules,
                pending,
                Service.UNFILTERED,
                isVirtual ? Service.VIRTUAL : Service.PLATFORM)) {
            System.out.println("port " + service.port() + ", Java " + Runtime.version()
                    + (isVirtual
                            ? ", requests on virtual threads"
                            : ", requests on 200 platform threads of a pool"));
            Process top = isWatched ? service.top() : null;
            HttpClient client = Load.client();
            for (Part part : parts()) {
                Files.writeString(rules, ENTER + part.line() + "\n");
                if (top == null) {
                    Progress.begin(part.name());
                }
                // At its end all is answered, so that no part begins with a queue.
                try (Flood flood = new Flood(client, service.port(), part.path())) {
                    flood.start();
                    rows.add(measure(service, flood, part, top));
                }
            }
            if (top != null) {
                top.destroy();
                top.waitFor();
            }
        }
        return rows;
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>(PARTS);
        if (isVirtual) {
            parts.add(LOOPS);
        }
        return parts;
    }

    private NoisyTable.Row measure(
            ServiceProcess service, Flood flood, Part part, @Nullable Process top)
            throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        long cpuNanos = cpuNanos(service);
        long began = System.nanoTime();
        Flood.Phase seen = flood.next();
        for (int i = 0; i < seconds; i++) {
            TimeUnit.SECONDS.sleep(1);
            if (top == null) {
                System.out.print('.');
                System.out.flush();
            }
        }
        double elapsed = (System.nanoTime() - began) / 1e9;
        double cpus = (cpuNanos(service) - cpuNanos) / 1e9 / elapsed;
        flood.next();
        TimeUnit.SECONDS.sleep(GRACE_SECONDS);
        if (top == null) {
            System.out.println();
        }
        return new NoisyTable.Row(
                part.name(),
                part.line(),
                cpus,
                seen.answeredToFlood() / elapsed,
                seen.refusedToFlood() / elapsed,
                seen.millis(0.5),
                seen.millis(0.99),
                seen.refusedToOthers(),
                seen.unanswered(),
                seen.sentByOthers());
    }

    /** The CPU time of the tenant that floods. */
    private static long cpuNanos(ServiceProcess service) throws IOException {
        UsageReading usage = service.usageOfBusyService();
        for (ContainerUsage each : usage.containers()) {
            if (each.container().equals("/tenants/" + Shop.TENANTS.get(0))) {
                return each.cpuNanos();
            }
        }
        return 0;
    }
}
