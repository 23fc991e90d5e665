package io.corral.field;

import io.corral.integration.harness.ForkedJvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the containers and threads of a service had used when its work was done. Times are
 * nanoseconds of CPU; a container's time is without its children's. Paths outside the hierarchy
 * {@code main} begin with the name of their hierarchy, such as {@code stage/7}.
 */
public record Reading(
        long process,
        long unattributed,
        Map<String, Long> containers,
        List<LiveThread> threads,
        ForkedJvm.Outcome outcome) {

    /** A platform thread that ran then, and its home. */
    public record LiveThread(String container, long cpuNanos, String name) {}

    /** A row's name is worth comparing from this share of the process's CPU time on. */
    private static final double SEEN = 0.01;

    static Reading parse(List<String> lines, ForkedJvm.Outcome outcome) {
        Map<String, Long> totals = new TreeMap<>();
        Map<String, Long> containers = new TreeMap<>();
        List<LiveThread> threads = new ArrayList<>();
        for (String line : lines) {
            String[] columns = line.split("\t", 4);
            switch (columns[0]) {
                case "container" -> containers.put(columns[1], Long.parseLong(columns[2]));
                case "thread" ->
                    threads.add(new LiveThread(columns[1], Long.parseLong(columns[2]), columns[3]));
                default -> totals.put(columns[0], Long.parseLong(columns[1]));
            }
        }
        return new Reading(
                totals.get("process"), totals.get("unattributed"), containers, threads, outcome);
    }

    /** A container's part of the process's CPU time, without its children's. */
    public double share(String container) {
        return (double) containers.getOrDefault(container, 0L) / process;
    }

    /**
     * The part of the process's CPU time that says nothing: the root but for the thread
     * {@code main}, containers named {@code other} that are not the JVM's, and what is
     * unattributed.
     */
    public double unexplained() {
        long sum = Math.max(0, containers.get("/") - main()) + Math.max(0, unattributed);
        for (Map.Entry<String, Long> each : containers.entrySet()) {
            if (each.getKey().startsWith("/")
                    && each.getKey().endsWith("/other")
                    && !each.getKey().startsWith("/jvm/")) {
                sum += each.getValue();
            }
        }
        return (double) sum / process;
    }

    private long main() {
        return threads.stream()
                .filter(each -> each.name().equals("main") && each.container().equals("/"))
                .mapToLong(LiveThread::cpuNanos)
                .sum();
    }

    /** The part of the process's CPU time that is neither the root's nor the JVM's own. */
    public double ofPools() {
        return containers.keySet().stream()
                .filter(each ->
                        each.startsWith("/") && !each.equals("/") && !each.startsWith("/jvm/"))
                .mapToDouble(this::share)
                .sum();
    }

    /** The containers that a user of the service would look at. */
    public Set<String> rows() {
        Set<String> rows = new TreeSet<>();
        for (String container : containers.keySet()) {
            if (container.startsWith("/")
                    && !container.startsWith("/jvm/")
                    && share(container) > SEEN) {
                rows.add(container);
            }
        }
        return rows;
    }

    /**
     * The part of the process's CPU time that is in a pool's row although it was not used by a live
     * platform thread whose name is the row's with something added, such as a number.
     */
    public Map<String, Double> foreign() {
        Map<String, Double> foreign = new TreeMap<>();
        for (String row : rows()) {
            if (row.startsWith("/pools/") && row.indexOf('/', "/pools/".length()) < 0) {
                foreign.put(row, share(row) - (double) workers(row) / process);
            }
        }
        return foreign;
    }

    private long workers(String row) {
        String pool = row.substring("/pools/".length());
        return threads.stream()
                .filter(each -> each.container().equals(row) && hasInOrder(each.name(), pool))
                .mapToLong(LiveThread::cpuNanos)
                .sum();
    }

    private static boolean hasInOrder(String name, String characters) {
        int found = 0;
        for (int i = 0; i < name.length() && found < characters.length(); i++) {
            if (name.charAt(i) == characters.charAt(found)) {
                found++;
            }
        }
        return found == characters.length();
    }

    /** One line for each row, the largest first, and the sums. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "process %.2f s, unexplained %.1f%%, unattributed %.1f%%%n",
                process / 1e9, 100 * unexplained(), 100.0 * unattributed / process));
        rows().stream()
                .sorted((one, other) -> Double.compare(share(other), share(one)))
                .forEach(row -> text.append(String.format("%6.1f%%  %s%n", 100 * share(row), row)));
        return text.toString();
    }
}
