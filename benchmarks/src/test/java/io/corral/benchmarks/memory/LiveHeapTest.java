package io.corral.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LiveHeapTest {

    @Test
    void arraysOfCorralClassesCountAndClassesOfTheBenchmarksDoNot() {
        LiveHeap heap = LiveHeap.parse("""
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:          4025         322000  java.lang.Thread (java.base@25)
                   2:            10            640  io.corral.runtime.thread.PlatformMember
                   3:             2             48  [Lio.corral.runtime.thread.PlatformMember;
                   4:             9            216  io.corral.benchmarks.memory.ParkedThreads
                Total          4046         322904
                """);
        assertThat(heap).isEqualTo(new LiveHeap(322_904, 688));
    }

    @Test
    void histogramWithoutATotalIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LiveHeap.parse("none"));
    }
}
