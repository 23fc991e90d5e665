package io.corral.benchmarks.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the load the last CPU and the service the others. If they shared a CPU, a reading of a CPU
 * clock could make the scheduler switch from the service to the load earlier, which costs the
 * service CPU time.
 *
 * @param service the prefix of a service's command
 * @param load the prefix of the load generator's command
 */
record Cpus(List<String> service, List<String> load) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Both are empty where CPUs can't be assigned, or where there is only one. */
    static Cpus split() throws IOException {
        List<Integer> cpus = new ArrayList<>();
        if (Files.isExecutable(TASKSET) && Files.isReadable(STATUS)) {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(ALLOWED)) {
                    cpus.addAll(parse(line.substring(ALLOWED.length()).trim()));
                }
            }
        }
        int last = cpus.size() - 1;
        return last < 1
                ? new Cpus(List.of(), List.of())
                : new Cpus(on(cpus.subList(0, last)), on(cpus.subList(last, cpus.size())));
    }

    /** The numbers in a list of the kernel's, such as {@code 0-2,7}. */
    static List<Integer> parse(String list) {
        List<Integer> cpus = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return cpus;
    }

    private static List<String> on(List<Integer> cpus) {
        String list = String.join(",", cpus.stream().map(String::valueOf).toList());
        return List.of(TASKSET.toString(), "-c", list);
    }
}
