package io.corral.runtime.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pool-3-thread-12 | pool-3-thread",
                "pool-65a-thread-1 | pool-65a-thread",
                "pool--thread-1 | pool--thread",
                "Timer-0 | Timer",
                "42 | unnamed",
                "'' | unnamed",
                "--- | unnamed",
                "plain | plain",
                "a/b 3 | a_b",
                "worker #5 | worker",
                "worker #5 of x | worker of x",
                "Thread-17 (x) | Thread (x)",
                "log4j2 | log4j2",
                "ec2-thread-1-of-3x | ec2-thread-of-3x",
                "deadbeef | deadbeef",
                "dead1beef | unnamed",
                "job-1a2b3c-end | job-end",
                "job-1a2b3-end | job-1a2b3-end",
                "Foo@1b | Foo",
                "me@home | me@home",
                "s-123e4567-e89b-12d3-a456-426614174000-x | s-x",
                "s-123e4567-e89b-12d3-a456-42661417400 | s-e89b-12d3-a456",
                "virtual | virtual_",
                "virtual-1 | virtual_",
                "http-nio-8080-Acceptor | http-nio-8080-Acceptor",
                "HikariPool-1 housekeeper | HikariPool-1 housekeeper",
            })
    void containerHasTheThreadsNameWithoutWhatDiffers(String thread, String name) {
        assertThat(ThreadNames.of(thread)).isEqualTo(name);
        boolean isScanned = !name.equals("unnamed") && !name.equals("virtual_");
        if (isScanned) {
            assertThat(ThreadNames.hash(thread)).isEqualTo(ThreadNames.hash(name));
        }
        assertThat(ThreadNames.matches(thread, name)).isEqualTo(isScanned);
        assertThat(ThreadNames.matches(thread + " other", name)).isFalse();
        assertThat(ThreadNames.matches(thread, name + "x")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pool-3-thread-12, 14",
        "plain, 5",
        "worker#5, 7",
        "log4j2, -1",
        "Foo@1a2b3c4, -1",
        "42, -1",
        "s-123e4567-e89b-12d3-a456-426614174000, -1",
        "s-123e4567-e89b-12d3-a456-42661417400, 26",
    })
    void numberAtTheEndIsLeftOutIfItDecidesNothing(String thread, int length) {
        assertThat(ThreadNames.lengthWithoutNumber(thread)).isEqualTo(length);
        if (length >= 0 && length < thread.length()) {
            assertThat(ThreadNames.of(thread.substring(0, length) + "7"))
                    .isEqualTo(ThreadNames.of(thread));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pool-65-thread, pool-thread",
        "HikariPool-12 housekeeper, HikariPool housekeeper",
        "log4j2, log4j",
        "plain, plain",
        "http-nio-8080-Acceptor, http-nio-Acceptor",
    })
    void variantsOfAShapeDifferInNumbers(String name, String shape) {
        assertThat(ThreadNames.shape(name)).isEqualTo(shape);
    }

    @Test
    void longNamesAreCutInTheMiddle() {
        String name = ThreadNames.of("a" + "x".repeat(1_000_000) + "z");
        assertThat(name).hasSize(100).startsWith("ax").contains("…").endsWith("xz");
    }

    @Test
    void cutLeavesNoHalfOfASurrogatePair() {
        for (String begin : new String[] {"", "a"}) {
            String name = ThreadNames.of(begin + "\uD83D\uDE80".repeat(70));
            assertThat(name).contains("…");
            assertThat(name.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF))
                    .isEmpty();
        }
    }

    @Test
    void longSeparatorsTakeNoTime() {
        assertThat(ThreadNames.of("-".repeat(1_000_000))).isEqualTo("unnamed");
        assertThat(ThreadNames.hash("-".repeat(1_000_000))).isZero();
    }

    @Test
    void controlAndDirectionCharactersAreReplaced() {
        assertThat(ThreadNames.of("a\u0007b\u202Ec\u2028d")).isEqualTo("a_b_c_d");
    }

    @Test
    void loneSurrogatesAreReplaced() {
        assertThat(ThreadNames.of("a\uD83Db\uDE80c")).isEqualTo("a_b_c");
        assertThat(ThreadNames.matches("a\uD83Db\uDE80c", "a_b_c")).isTrue();
    }

    @Test
    void bothHalvesOfAControlCharacterBeyondTheBmpAreReplaced() {
        String name = "a" + Character.toString(0xe0001) + "b\uD83D\uDE80";
        assertThat(ThreadNames.of(name)).isEqualTo("a__b\uD83D\uDE80");
        assertThat(ThreadNames.matches(name, "a__b\uD83D\uDE80")).isTrue();
    }
}
