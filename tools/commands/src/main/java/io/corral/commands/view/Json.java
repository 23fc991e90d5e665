package io.corral.commands.view;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.Usage;
import io.corral.commands.reading.Meanwhile;
import io.corral.commands.reading.ProcessCpu;
import io.corral.commands.reading.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rates as one line of JSON. An unknown number is left out. */
public final class Json {

    private Json() {}

    /**
     * @param rows the rows of {@code rates} that are shown; those that are computed from others are
     *     left out
     */
    public static String of(String title, Rates rates, List<Rate> rows) throws IOException {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("source", title);
        all.put("hierarchy", rates.reading().hierarchy());
        all.put("timeMicros", rates.reading().timeMicros());
        all.put("seconds", rates.seconds());
        all.put("process", process(rates));
        List<Object> containers = new ArrayList<>();
        rows.stream()
                .filter(rate -> !rate.row().isComputed())
                .forEach(rate -> containers.add(container(rates, rate)));
        all.put("containers", containers);
        if (!rates.problems().isEmpty()) {
            all.put("problems", rates.problems());
        }
        return JSON.std.asString(all);
    }

    private static Map<String, @Nullable Object> process(Rates rates) {
        ProcessCpu cpu = rates.reading().process();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("cpuPercent", percent(rates.process()));
        all.put("gcPercent", percent(rates.gc()));
        all.put("jitPercent", percent(rates.jit()));
        all.put("cpuNanos", known(cpu.processNanos()));
        all.put("containerCpuNanos", known(cpu.containersNanos()));
        all.put("jvmCpuNanos", known(cpu.jvmNanos()));
        all.put("unattributedCpuNanos", known(cpu.unattributedNanos()));
        all.put("ownCpuNanos", known(cpu.ownNanos()));
        return all;
    }

    private static Map<String, @Nullable Object> container(Rates rates, Rate rate) {
        Row row = rate.row();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("path", row.path());
        all.put("jvm", rate.jvm().isEmpty() ? null : rate.jvm());
        all.put("jvms", rate.jvms() == 0 ? null : rate.jvms());
        all.put("cpuPercent", percent(rate.cpus()));
        all.put("cpuNanos", known(row.cpuNanos()));
        all.put("allocatedBytesPerSecond", orNull(rate.bytesPerSecond()));
        all.put("allocatedBytes", known(row.allocatedBytes()));
        all.put("threads", known(row.threads()));
        all.put("virtualThreads", known(row.virtualThreads()));
        all.put("forksPerSecond", orNull(rate.startsPerSecond()));
        all.put("forks", known(row.forks()));
        all.put("exits", known(row.exits()));
        all.put("queuedPercent", percent(rate.queuedShare()));
        all.put("queuedNanos", known(row.queuedNanos()));
        all.put("meanWaitNanos", orNull(rate.meanWaitNanos()));
        all.put("waits", known(row.waits()));
        all.put("waiting", known(row.waiting()));
        Meanwhile meanwhile = rates.meanwhile(rate);
        all.put("waitedPercent", meanwhile == null ? null : percent(meanwhile.waiting()));
        all.put("ranMeanwhile", meanwhile == null ? null : others(meanwhile));
        all.put("throttledPercent", percent(rate.throttled()));
        all.put("throttledNanos", known(row.throttledNanos()));
        all.put("shedPerSecond", orNull(rate.shedPerSecond()));
        all.put("shed", known(row.shed()));
        all.put("gcEstimatedPercent", percent(rate.gcCpus()));
        all.put("gcEstimatedNanos", known(row.gcEstimatedNanos()));
        return all;
    }

    private static List<Object> others(Meanwhile meanwhile) {
        List<Object> others = new ArrayList<>();
        for (Meanwhile.Other each : meanwhile.others()) {
            Map<String, @Nullable Object> other = new LinkedHashMap<>();
            other.put("path", each.path());
            other.put("percent", percent(each.part()));
            others.add(other);
        }
        return others;
    }

    private static @Nullable Long known(long value) {
        return Usage.isKnown(value) ? value : null;
    }

    private static @Nullable Double percent(double cpus) {
        return orNull(100 * cpus);
    }

    private static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
