package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingTest {

    @Test
    void variableThatNobodyReadsIsRefusedWithTheChoices() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.check(Map.of("CORRAL_BENCH_ONE_CPU", "1")))
                .withMessageStartingWith("no CORRAL_BENCH_ONE_CPU is known; expected one of ")
                .withMessageContaining(" CORRAL_BENCH_PAIRS,");
        assertThatCode(() -> Setting.check(Map.of("CORRAL_BENCH_PAIRS", "1", "PATH", "/bin")))
                .doesNotThrowAnyException();
    }

    @Test
    void readerOfAnUnknownVariableIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.of(Map.of(), "CORRAL_BENCH_LAUNCH", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.oneOf(Map.of(), "CORRAL_BENCH_PAIR", "0", "1"));
    }

    /** Each has a row: {@code | `CORRAL_BENCH_TASKS=N` | ...}. */
    @Test
    void pageTellsOfEachVariable() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "benchmarks.md"));
        Set<String> told = Pattern.compile("\\| `(CORRAL_BENCH_[A-Z_]+)=\\S+` \\|")
                .matcher(page)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
        assertThat(told).isEqualTo(Setting.KNOWN);
    }
}
