package io.corral.benchmarks;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What figures were measured on. */
record Machine(String cpu, int cores, long memoryBytes, String system) {

    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final double GIB = 1L << 30;

    static Machine here() {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                model(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    /** As Linux names it; elsewhere the architecture has to do. */
    private static String model() {
        String architecture = System.getProperty("os.arch");
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst("[^:]*:\\s*", "") + ", " + architecture)
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            return architecture;
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cpu", cpu);
        json.put("cores", cores);
        json.put("memoryBytes", memoryBytes);
        json.put("system", system);
        return json;
    }

    static Machine of(Map<?, ?> json) {
        return new Machine(
                (String) json.get("cpu"),
                ((Number) json.get("cores")).intValue(),
                ((Number) json.get("memoryBytes")).longValue(),
                (String) json.get("system"));
    }

    @Override
    public String toString() {
        return String.format(
                "%s, %d cores, %.1f GiB of memory, %s", cpu, cores, memoryBytes / GIB, system);
    }
}
