package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceJvmTest {

    @Test
    void compilersAreNoRequestsAndAllIsForOneRequest() {
        LoadJvm.Seen seen = LoadJvm.Seen.of("500 2000000000 3000000 9000000");
        Window window = ServiceJvm.window(seen, 1_100_000_000L, 100_000_000L);
        assertThat(window).isEqualTo(new Window(2_000, 200, 250, 9));
    }

    @Test
    void ofAThreadsNumbersTheFirstIsItsCpuTime() {
        assertThat(CompilerThreads.onCpu("123456789 42 7\n")).isEqualTo(123_456_789);
    }
}
