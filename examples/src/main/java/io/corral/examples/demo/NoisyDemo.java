package io.corral.examples.demo;

import io.corral.examples.load.Flood;
import io.corral.examples.load.Load;
import io.corral.examples.service.Service;
import io.corral.examples.service.Shop;
import io.corral.examples.service.UsageReading;
import io.corral.examples.service.UsageReading.ContainerUsage;
import io.corral.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code corral demo --noisy}: one tenant floods the service, first without a limit, then with two
 * limits in turns. A limit is one line of the rules file, which changes while the service runs.
 */
final class NoisyDemo {

    /** The time until a changed rules file is in force, and the clients have noticed. */
    private static final int SETTLE_SECONDS = 4;

    private static final String ENTER =
            "enter http -> /tenants/{header." + Shop.TENANT_HEADER + "}\n";

    /** @param line of the rules file; empty for no limit */
    private record Limit(String name, String line) {}

    private static final List<Limit> LIMITS = List.of(
            new Limit("no limit", ""),
            new Limit("fair", "limit /tenants/* fair"),
            new Limit(
                    "cpu.max 50%",
                    "limit /tenants/" + Shop.TENANTS.get(0) + " cpu.max 50% wait 100ms"));

    private record Row(Limit limit, Flood.Phase seen, double seconds, double cpus) {}

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
            List<Row> rows = run(pending, rules);
            Path target = pending.target();
            Path page = Report.pageFor(target);
            Report report = Report.read(pending.file(), String.valueOf(target.getFileName()));
            pending.complete();
            report.write(page);
            print(rows);
            HowToOpen.print(page, target);
        } finally {
            Files.deleteIfExists(rules);
        }
    }

    private List<Row> run(PendingRecording pending, Path rules)
            throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        Progress.begin("service");
        try (ServiceProcess service = new ServiceProcess(
                        agent,
                        rules,
                        pending,
                        Service.UNFILTERED,
                        isVirtual ? Service.VIRTUAL : Service.PLATFORM);
                Flood flood = new Flood(Load.client(), service.port())) {
            System.out.println("port " + service.port() + ", Java " + Runtime.version()
                    + (isVirtual
                            ? ", requests on virtual threads"
                            : ", requests on 200 platform threads of a pool"));
            Process top = isWatched ? service.top() : null;
            flood.start();
            for (Limit limit : LIMITS) {
                Files.writeString(rules, ENTER + limit.line() + "\n");
                if (top == null) {
                    Progress.begin(limit.name());
                }
                rows.add(measure(service, flood, limit, top));
            }
            if (top != null) {
                top.destroy();
                top.waitFor();
            }
        }
        return rows;
    }

    private Row measure(ServiceProcess service, Flood flood, Limit limit, @Nullable Process top)
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
        if (top == null) {
            System.out.println();
        }
        return new Row(limit, seen, elapsed, cpus);
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

    private static void print(List<Row> rows) {
        String noisy = Shop.TENANTS.get(0);
        System.out.printf(
                "%n%-14s%-34s%s%n",
                "",
                noisy + ", over 400 connections",
                String.join(" and ", Shop.TENANTS.subList(1, Shop.TENANTS.size()))
                        + ", 10 requests a second each");
        System.out.printf(
                "%-14s%10s%10s%10s    %10s%10s%10s%12s%n",
                "limit", "answered/s", "429/s", "CPU %", "p50 ms", "p99 ms", "429", "unanswered");
        for (Row row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "%-14s%10.0f%10.0f%10.0f    %10.0f%10.0f%10d%12d%n",
                    row.limit.name(),
                    row.seen.answeredToFlood() / row.seconds,
                    row.seen.refusedToFlood() / row.seconds,
                    100 * row.cpus,
                    row.seen.millis(0.5),
                    row.seen.millis(0.99),
                    row.seen.refusedToOthers(),
                    row.seen.unanswered());
        }
        System.out.println();
        System.out.println("The lines of the rules file:");
        for (Row row : rows) {
            if (!row.limit.line().isEmpty()) {
                System.out.println("  " + row.limit.line());
            }
        }
    }
}
