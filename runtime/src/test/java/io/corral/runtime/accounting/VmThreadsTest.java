package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import io.corral.runtime.accounting.VmThreads.Kind;
import io.corral.runtime.jdk.VmThreadAccess;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmThreadsTest {

    private final Listed jvm = new Listed();
    private final VmThreads threads = new VmThreads(jvm);

    /** The JVM's list. */
    private static final class Listed implements VmThreadAccess {

        final Map<String, Long> clocks = new LinkedHashMap<>();

        @Override
        public int read(String[] names, long[] cpuNanos) {
            int filled = 0;
            for (Map.Entry<String, Long> thread : clocks.entrySet()) {
                if (filled == names.length) {
                    break;
                }
                names[filled] = thread.getKey();
                cpuNanos[filled++] = thread.getValue();
            }
            return filled;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GC Thread#0, GC",
        "G1 Main Marker, GC",
        "G1 Conc#0, GC",
        "G1 Refine#0, GC",
        "G1 Service, GC",
        "ZDriver, GC",
        "ZWorkerYoung#0, GC",
        "ZDriverMajor, GC",
        "ZUncommitter#0, GC",
        "XDirector, GC",
        "XWorker#0, GC",
        "Shenandoah Control Thread, GC",
        "Shenandoah GC Threads#0, GC",
        "StringDedupProcessor, GC",
        "C1 CompilerThread0, JIT",
        "C2 CompilerThread1, JIT",
        "Sweeper thread, JIT",
        "VM Thread, OTHER",
        "VM Periodic Task Thread, OTHER",
        "Service Thread, OTHER",
        "Monitor Deflation Thread, OTHER",
        "RuntimeWorker#0, OTHER",
        "JFR Thread Sampler, OTHER",
        "AsyncLog Thread, OTHER"
    })
    void kindFollowsFromTheThreadName(String name, Kind kind) {
        jvm.clocks.put(name, 7L);
        for (Kind each : Kind.values()) {
            assertThat(cpuNanos(threads, each)).isEqualTo(each == kind ? 7 : 0);
        }
    }

    @Test
    void kindIsTheSumOfItsThreads() {
        jvm.clocks.put("GC Thread#0", 100L);
        jvm.clocks.put("GC Thread#1", 20L);
        assertThat(cpuNanos(threads, Kind.GC)).isEqualTo(120);
        jvm.clocks.put("GC Thread#1", 21L);
        assertThat(cpuNanos(threads, Kind.GC)).isEqualTo(121);
    }

    @Test
    void endedThreadIsStillCounted() {
        jvm.clocks.put("C2 CompilerThread0", 100L);
        jvm.clocks.put("C2 CompilerThread1", 50L);
        assertThat(cpuNanos(threads, Kind.JIT)).isEqualTo(150);
        jvm.clocks.remove("C2 CompilerThread1");
        assertThat(cpuNanos(threads, Kind.JIT)).isEqualTo(150);
        jvm.clocks.put("C2 CompilerThread1", 60L);
        assertThat(cpuNanos(threads, Kind.JIT)).isEqualTo(210);
    }

    @Test
    void cpuTimeOfALaterThreadOfTheSameNameIsAdded() {
        jvm.clocks.put("C2 CompilerThread1", 50L);
        assertThat(cpuNanos(threads, Kind.JIT)).isEqualTo(50);
        jvm.clocks.put("C2 CompilerThread1", 3L);
        assertThat(cpuNanos(threads, Kind.JIT)).isEqualTo(53);
        jvm.clocks.put("C2 CompilerThread1", 5L);
        assertThat(cpuNanos(threads, Kind.JIT)).isEqualTo(55);
    }

    @Test
    void threadWithoutClockMakesNoProgress() {
        jvm.clocks.put("GC Thread#0", 50L);
        assertThat(cpuNanos(threads, Kind.GC)).isEqualTo(50);
        jvm.clocks.put("GC Thread#0", -1L);
        assertThat(cpuNanos(threads, Kind.GC)).isEqualTo(50);
        jvm.clocks.put("GC Thread#0", 51L);
        assertThat(cpuNanos(threads, Kind.GC)).isEqualTo(51);
    }

    @Test
    void allThreadsAreReadIfThereAreMoreThanExpected() {
        for (int i = 0; i < 1000; i++) {
            jvm.clocks.put("GC Thread#" + i, 1L);
        }
        assertThat(cpuNanos(threads, Kind.GC)).isEqualTo(1000);
        assertThat(cpuNanos(threads, Kind.GC)).isEqualTo(1000);
    }

    @Test
    void countFromNowDropsEarlierUsage() {
        jvm.clocks.put("VM Thread", 50L);
        threads.countFromNow();
        assertThat(cpuNanos(threads, Kind.OTHER)).isZero();
        jvm.clocks.put("VM Thread", 52L);
        assertThat(cpuNanos(threads, Kind.OTHER)).isEqualTo(2);
    }

    @Test
    void cpuTimeIsUnknownWithoutAccess() {
        assertThat(cpuNanos(new VmThreads(null), Kind.GC)).isEqualTo(Usage.UNKNOWN);
    }

    private static long cpuNanos(VmThreads threads, Kind kind) {
        threads.read();
        return threads.lastCpuNanos(kind);
    }
}
