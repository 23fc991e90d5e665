package io.corral.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.commands.reading.Meanwhile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoisyTableTest {

    private static final String FAIR = "limit /tenants/* fair";

    private static final NoisyTable.Row LIMITED =
            new NoisyTable.Row("fair", FAIR, 1.804, 171.4, 13.6, 14.7, 61.2, 0, 0, 300);

    private static NoisyTable.Row bare(double half, long unanswered) {
        return new NoisyTable.Row(
                "no limit", "", 1.9, 176, 0, half, Double.POSITIVE_INFINITY, 0, unanswered, 300);
    }

    private static List<String> lines(NoisyTable.Row... rows) {
        return NoisyTable.text(List.of(rows), null).lines().toList();
    }

    @Test
    void timesHaveTheirUnits() {
        assertThat(lines(bare(9_834, 12), LIMITED))
                .anySatisfy(line -> assertThat(line.split(" {2,}", -1))
                        .containsExactly(
                                "no limit", "1.90", "176", "0", "9.8 s", "-", "0", "12 of 300"))
                .anySatisfy(line -> assertThat(line.split(" {2,}", -1))
                        .containsExactly("fair", "1.80", "171", "14", "15 ms", "61 ms", "0", "0"));
    }

    @Test
    void wordsNameWhoIsNoisyAndCompareWithoutALimit() {
        assertThat(NoisyTable.text(List.of(bare(9_834, 12), LIMITED), null))
                .contains("acme is the noisy neighbour. Without a limit half of the others'"
                        + " requests took 9.8 s or more.\n"
                        + "With the limit \"fair\" half of them took 15 ms at most, and acme still"
                        + " used 1.80 CPUs.\n");
        assertThat(NoisyTable.text(List.of(bare(Double.POSITIVE_INFINITY, 290), LIMITED), null))
                .contains("Without a limit most of the others' requests got no answer in time.\n");
    }

    @Test
    void whoRanWhileOthersWaitedIsNamed() {
        Meanwhile globex = new Meanwhile(
                3.1,
                List.of(
                        new Meanwhile.Other("/tenants/acme", 0.714),
                        new Meanwhile.Other("/tenants/initech", 0.03)));
        assertThat(NoisyTable.text(
                        List.of(bare(9_834, 12), LIMITED), Map.of("/tenants/globex", globex)))
                .contains(":\n  globex         acme 71%, initech 3%\n")
                .doesNotContain("\n  initech");
    }

    @Test
    void lineOfTwoPartsIsNamedOnce() {
        NoisyTable.Row loops =
                new NoisyTable.Row("fair, loops", FAIR, 1.8, 6, 0, 16, 60, 0, 0, 300);
        assertThat(lines(bare(9_834, 12), LIMITED, loops)).containsOnlyOnce("  " + FAIR);
    }

    @Test
    void linesFitATerminal() {
        assertThat(lines(bare(9_834, 12), LIMITED))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
