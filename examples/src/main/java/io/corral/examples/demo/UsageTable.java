package io.corral.examples.demo;

import java.util.Comparator;
import java.util.List;

/**
 * The containers as trees, those with the most CPU time first, and below them the rest of the
 * process's CPU time.
 */
final class UsageTable {

    private final Recording recording;
    private final Reconciliation cpu;
    private final TextTable table = new TextTable(
            11, "container", "CPU", "share", "allocated", "threads", "forks", "exits");

    UsageTable(Recording recording) {
        this.recording = recording;
        cpu = recording.reconciliation();
    }

    @Override
    public String toString() {
        List<ContainerTotal> roots = recording.totals().stream()
                .filter(ContainerTotal::isRoot)
                .sorted(Comparator.comparing(root -> !root.hierarchy().equals("main")))
                .toList();
        for (ContainerTotal root : roots) {
            tree(root);
            table.gap();
        }
        table.row("JVM's own threads", Amount.seconds(cpu.vmCpuNanos()), share(cpu.vmCpuNanos()));
        recording.totals().stream().filter(ContainerTotal::isNative).forEach(this::nativeThreads);
        cpu("teardown of threads, estimated", cpu.teardownCpuNanos());
        cpu("unattributed", cpu.unattributedCpuNanos());
        cpu("process", cpu.processCpuNanos());
        table.gap();
        cpu("Corral's hooks, estimated", cpu.ownCpuNanos());
        return table.toString();
    }

    private void tree(ContainerTotal node) {
        String name = node.container().substring(node.container().lastIndexOf('/') + 1);
        table.row(
                node.isRoot() ? node.hierarchy() + ":/" : "  ".repeat(node.depth()) + name,
                Amount.seconds(node.cpuNanos()),
                share(node.cpuNanos()),
                Amount.mebibytes(node.allocatedBytes()),
                Amount.count(Amount.sum(node.threads(), node.virtualThreads())),
                Amount.count(node.forks()),
                Amount.count(node.exits()));
        recording.totals().stream()
                .filter(other -> other.hierarchy().equals(node.hierarchy()))
                .filter(other -> node.isParentOf(other) && !other.isNative())
                .sorted(Comparator.comparingLong(ContainerTotal::cpuNanos)
                        .reversed()
                        .thenComparing(ContainerTotal::container))
                .forEach(this::tree);
    }

    private void nativeThreads(ContainerTotal total) {
        cpu("  " + total.container().substring("/jvm/".length()), total.cpuNanos());
    }

    private void cpu(String name, long nanos) {
        table.row(name, Amount.seconds(nanos), share(nanos));
    }

    private String share(long nanos) {
        return Amount.share(nanos, cpu.processCpuNanos());
    }
}
