package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.endpoint.Answer;
import io.corral.commands.endpoint.Endpoints;
import io.corral.commands.endpoint.Export;
import io.corral.commands.endpoint.OwnReading;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Reading;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The rates of the JVMs behind metrics endpoints. A JVM that does not answer is left out, and named
 * among the problems. When it answers again, its rates are those since its last answer.
 */
public final class EndpointRates implements RateSource {

    private static final int MAX_NAMED = 2;

    private final Endpoints endpoints;
    private final boolean isByJvm;

    /** The last reading of each JVM. */
    private final Map<String, OwnReading> before = new HashMap<>();

    private String hierarchy = "";

    /** Those of the last answers. */
    private Set<String> hierarchies = Set.of();

    /** @param isByJvm whether each JVM has rows of its own, instead of a sum over all JVMs */
    public EndpointRates(Endpoints endpoints, boolean isByJvm) {
        this.endpoints = endpoints;
        this.isByJvm = isByJvm;
    }

    @Override
    public String title() {
        List<String> jvms = endpoints.jvms();
        return jvms.size() > MAX_NAMED ? jvms.size() + " endpoints" : String.join(", ", jvms);
    }

    @Override
    public List<String> hierarchies() {
        return List.copyOf(hierarchies);
    }

    @Override
    public Rates next(String wanted) throws IOException, InterruptedException {
        if (!wanted.equals(hierarchy)) {
            before.clear();
            hierarchy = wanted;
            // A new container's series is 0 the first time that it is read, and whole afterwards.
            endpoints.read();
        }
        Set<String> found = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        List<JvmRates> jvms = new ArrayList<>();
        for (Answer each : endpoints.read()) {
            Export export = each.export();
            if (export == null) {
                problems.add(String.valueOf(each.problem()));
                continue;
            }
            found.addAll(export.hierarchies());
            OwnReading now = export.reading(wanted);
            if (now != null) {
                jvms.add(JvmRates.between(each.jvm(), before.put(each.jvm(), now), now));
            }
        }
        check(found, problems);
        return rates(jvms, problems);
    }

    /**
     * A JVM may end and come back while its rates are shown. But what never answered is most likely
     * an error.
     */
    private void check(Set<String> found, List<String> problems) throws IOException {
        if (found.isEmpty()) {
            if (hierarchies.isEmpty()) {
                throw new IOException(String.join(System.lineSeparator(), problems));
            }
            return;
        }
        if (!found.contains(hierarchy)) {
            throw new IOException(title() + " has no hierarchy " + hierarchy + "; it has "
                    + String.join(", ", found));
        }
        hierarchies = found;
    }

    private Rates rates(List<JvmRates> jvms, List<String> problems) {
        List<Rate> rows = isByJvm ? ContainerSums.ofEach(jvms) : ContainerSums.ofAll(jvms);
        long timeMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        ProcessCpu process = new ProcessCpu(
                total(jvms, ProcessCpu::processNanos),
                total(jvms, ProcessCpu::containersNanos),
                total(jvms, ProcessCpu::jvmNanos),
                total(jvms, ProcessCpu::gcNanos),
                total(jvms, ProcessCpu::jitNanos),
                total(jvms, ProcessCpu::ownNanos));
        return new Rates(
                new Reading(
                        hierarchy,
                        timeMicros,
                        process,
                        rows.stream().map(Rate::row).toList()),
                jvms.stream().mapToDouble(JvmRates::seconds).max().orElse(0),
                cpus(jvms, ProcessCpu::processNanos),
                cpus(jvms, ProcessCpu::containersNanos),
                cpus(jvms, ProcessCpu::gcNanos),
                cpus(jvms, ProcessCpu::jitNanos),
                cpus(jvms, ProcessCpu::unattributedNanos),
                cpus(jvms, ProcessCpu::ownNanos),
                ComputedRows.addedTo(rows),
                problems);
    }

    private static long total(List<JvmRates> jvms, ToLongFunction<ProcessCpu> part) {
        long sum = 0;
        for (JvmRates each : jvms) {
            long nanos = part.applyAsLong(each.now().process());
            if (!Usage.isKnown(nanos)) {
                return nanos;
            }
            sum += nanos;
        }
        return jvms.isEmpty() ? Usage.UNKNOWN : sum;
    }

    /** Of the JVMs that have an earlier reading. */
    private static double cpus(List<JvmRates> jvms, ToLongFunction<ProcessCpu> part) {
        List<JvmRates> known = jvms.stream().filter(each -> each.seconds() > 0).toList();
        return known.isEmpty()
                ? Double.NaN
                : known.stream().mapToDouble(each -> each.cpus(part)).sum();
    }

    /** Metrics do not say it. */
    @Override
    public boolean wantMeanwhile(boolean isWanted) {
        return false;
    }

    @Override
    public void close() {}
}
