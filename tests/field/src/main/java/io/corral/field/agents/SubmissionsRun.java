package io.corral.field.agents;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Submits tasks of two tenants in all ways, and prints what became of them. */
final class SubmissionsRun {

    /** Tasks of each tenant in each way: as many as tenants, so that each comes first once. */
    private static final int ROUNDS = 3;

    /**
     * The second tenant's tasks are three times as long. The third tenant's do nothing: it uses
     * what the submission costs, which is the same for each tenant.
     */
    private static final int[] UNITS = {1, 3, 0};

    private static final String[] TENANTS = {"/tenants/a", "/tenants/b", "/tenants/idle"};

    private static final String[] WARM_UP = {"/warm/up", "/warm/up", "/warm/up"};

    private final TracingContext context;

    private final WorkClock work = new WorkClock(UNITS.length);

    /** Ways in which a task did not run in its submitter's container, and where it ran. */
    private final Map<String, String> lost = new TreeMap<>();

    /** Ways in which the other agent's context was not there. */
    private final TreeSet<String> withoutContext = new TreeSet<>();

    private SubmissionsRun(TracingContext context) {
        this.context = context;
    }

    static void withoutCorral(TracingContext context, Submissions ways) throws Exception {
        SubmissionsRun run = new SubmissionsRun(context);
        for (Map.Entry<String, Submission> each : ways.byName().entrySet()) {
            run.submit(each.getKey(), each.getValue(), null, 0);
        }
        System.out.println("withoutContext=" + String.join("|", run.withoutContext));
    }

    static void withCorral(
            TracingContext context, Map<String, Submissions> all, RuleEntries entries)
            throws Exception {
        WorkUnits.run(20);
        SubmissionsRun warmUp = new SubmissionsRun(context);
        warmUp.submitAll(all, WARM_UP, 1);
        SubmissionsRun run = new SubmissionsRun(context);
        run.submitAll(all, TENANTS, ROUNDS);
        run.enterAll(entries);
        for (Submissions each : all.values()) {
            each.close();
        }
        int count = all.values().stream().mapToInt(ways -> ways.byName().size()).sum();
        System.out.println("active=" + Containers.isActive());
        System.out.println("ways=" + count);
        run.lost.forEach((way, where) -> System.out.println("lost: " + way + " in " + where));
        System.out.println("withoutContext=" + String.join("|", run.withoutContext));
        double idle = Containers.at(TENANTS[2]).usage().cpuNanos();
        double a = Containers.at(TENANTS[0]).usage().cpuNanos() - idle;
        double b = Containers.at(TENANTS[1]).usage().cpuNanos() - idle;
        System.out.printf("cpuRatio=%.3f%n", b / a);
        System.out.printf("workRatio=%.3f%n", run.work.nanos(1) / run.work.nanos(0));
        System.out.printf("submission=%.3f%n", idle / a);
        for (Container tenant : Containers.at("/tenants").children()) {
            // Threads end after their executor has.
            for (Thread each : tenant.threads()) {
                each.join();
            }
            Usage usage = tenant.usage();
            System.out.println(
                    tenant.name() + "=" + usage.forks() + " forks, " + usage.exits() + " exits");
        }
    }

    private void submitAll(Map<String, Submissions> all, String[] tenants, int rounds)
            throws Exception {
        for (Map.Entry<String, Submissions> ways : all.entrySet()) {
            for (Map.Entry<String, Submission> each : ways.getValue().byName().entrySet()) {
                for (int round = 0; round < rounds; round++) {
                    for (int i = 0; i < tenants.length; i++) {
                        int tenant = (i + round) % tenants.length;
                        submit(
                                ways.getKey() + each.getKey(),
                                each.getValue(),
                                tenants[tenant],
                                tenant);
                    }
                }
            }
        }
    }

    private void enterAll(RuleEntries entries) throws IOException {
        for (Map.Entry<String, RuleEntries.Entry> each : entries.byContainer().entrySet()) {
            for (String tenant : List.of("a", "b")) {
                String container = each.getKey() + tenant;
                each.getValue().run(tenant, () -> check("a rule for " + container, container));
                check("after a rule for " + container, "/");
            }
        }
    }

    private void submit(String name, Submission way, @Nullable String tenant, int index) {
        context.within(() -> {
            CountDownLatch ran = new CountDownLatch(Submissions.runs(name));
            String given = context.current();
            Runnable task = () -> {
                try {
                    if (!context.current().equals(given)) {
                        withoutContext(name);
                    }
                    if (tenant != null) {
                        check(name, tenant);
                        work.run(index, UNITS[index]);
                    }
                } finally {
                    ran.countDown();
                }
            };
            submit(way, task, tenant);
            Submissions.await(ran);
            return null;
        });
    }

    private static void submit(Submission way, Runnable task, @Nullable String tenant)
            throws Exception {
        if (tenant == null) {
            way.submit(task);
        } else {
            InScope.submit(way, task, tenant);
        }
    }

    private synchronized void withoutContext(String name) {
        withoutContext.add(name);
    }

    private synchronized void check(String name, String tenant) {
        String seen = Containers.current().path();
        if (!seen.equals(tenant)) {
            lost.put(name, seen);
        }
    }

    /** A separate class, so that the API is loaded only with Corral. */
    private static final class InScope {

        static void submit(Submission way, Runnable task, String tenant) throws Exception {
            try (Scope scope = Containers.at(tenant).enter()) {
                way.submit(task);
            }
        }
    }
}
