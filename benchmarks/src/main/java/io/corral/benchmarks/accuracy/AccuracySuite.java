package io.corral.benchmarks.accuracy;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.Row;
import io.corral.benchmarks.Sample;
import io.corral.benchmarks.Suite;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How far the split of CPU time between containers is from the truth. Of a virtual thread that cannot be read at
 * its mount, but by its own code, once it is back in that. So what {@code adaptive} says of the
 * rare container is compared with what {@code exact} says.
 */
public final class AccuracySuite implements Suite {

    /** In per cent of the rare container's own CPU time. */
    private static final double RARE_LIMIT = 5;

    /** The clock policies, with their budgets in per cent of the process's CPU time. */
    private static final Map<String, Double> LIMITS = new LinkedHashMap<>();

    static {
        LIMITS.put("exact", 0.5);
        LIMITS.put("adaptive", 1.0);
    }

    private final Jdk jdk;
    private final Forked forked;
    private final Effort effort;
    private final Consumer<Row> to;

    public AccuracySuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        this.jdk = jdk;
        this.forked = new Forked(jdk, jars.agent());
        this.effort = effort;
        this.to = to;
    }

    @Override
    public void run() {
        for (Kind kind : Kind.values()) {
            if (jdk.hasVirtualThreads() || !kind.isVirtual) {
                show(kind.title, kind.isVirtual, (policy, seed) -> inThread(kind, policy, seed));
            }
        }
        String missing = KernelGroup.missing();
        if (missing == null) {
            show(
                    "platform threads, conservation against the kernel's clock",
                    false,
                    this::byKernel);
        } else {
            System.out.println("skipped: conservation against the kernel's clock: " + missing);
        }
    }

    /** One run of each mix of a kind. */
    private interface Runs {
        Map<Mix, List<Split>> once(String policy, int seed);
    }

    private Map<Mix, List<Split>> inThread(Kind kind, String policy, int seed) {
        return forked.splits(
                policy,
                kind.flags(),
                Program.class,
                kind.name(),
                String.valueOf(seed),
                String.valueOf(effort.isQuick() ? 100_000 : 150_000),
                String.valueOf(effort.isQuick() ? 250_000 : 400_000));
    }

    private Map<Mix, List<Split>> byKernel(String policy, int seed) {
        return forked.splits(
                policy,
                List.of(),
                KernelProgram.class,
                String.valueOf(seed),
                String.valueOf(effort.isQuick() ? 400_000 : 1_000_000));
    }

    private void show(String kind, boolean isVirtual, Runs runs) {
        Map<String, Map<Mix, List<List<Split>>>> all = new LinkedHashMap<>();
        for (int i = 1; i <= effort.forks; i++) {
            for (String policy : LIMITS.keySet()) {
                Map<Mix, List<List<Split>>> known =
                        all.computeIfAbsent(policy, unused -> new EnumMap<>(Mix.class));
                runs.once(policy, i)
                        .forEach((mix, splits) -> known.computeIfAbsent(
                                        mix, unused -> new ArrayList<>())
                                .add(splits));
            }
        }
        all.forEach((policy, mixes) -> mixes.forEach((mix, splits) -> {
            Errors errors = new Errors(splits);
            String what = mix.title + ", " + kind + ", " + policy;
            to.accept(
                    Row.atMost(LIMITS.getOrDefault(policy, 0.0), what, jdk, errors.largest(), "%"));
            if (mix == Mix.RARE) {
                ofItsOwn(what + ", of its own", isVirtual, errors);
            }
        }));
        if (isVirtual) {
            beyondExact(kind, all);
        }
    }

    private void ofItsOwn(String what, boolean isVirtual, Errors errors) {
        to.accept(
                isVirtual
                        ? Row.shown(what, jdk, errors.ofRare(), "%")
                        : Row.atMost(RARE_LIMIT, what, jdk, errors.ofRare(), "%"));
    }

    private void beyondExact(String kind, Map<String, Map<Mix, List<List<Split>>>> all) {
        List<List<Split>> exact = all.get("exact").get(Mix.RARE);
        List<List<Split>> adaptive = all.get("adaptive").get(Mix.RARE);
        if (exact != null && adaptive != null) {
            String what = Mix.RARE.title + ", " + kind + ", adaptive, of its own, beyond exact";
            Sample beyond = new Errors(adaptive).ofRareBeyond(new Errors(exact));
            to.accept(Row.atMost(RARE_LIMIT, what, jdk, beyond, "%"));
        }
    }
}
