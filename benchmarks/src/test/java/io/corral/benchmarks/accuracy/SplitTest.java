package io.corral.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static Split split(String container, long charged, long truth) {
        return new Split(Mix.RARE, container, charged, truth, 7, 3, 10_000);
    }

    @Test
    void errorIsOfTheProcessAndSigned() {
        assertThat(split("a", 5_100, 5_000).error()).isEqualTo(1.0);
        assertThat(split("a", 4_900, 5_000).error()).isEqualTo(-1.0);
    }

    @Test
    void ownErrorIsOfTheContainersOwnTime() {
        assertThat(split(Mix.RARELY, 110, 100).ownError()).isEqualTo(10.0);
    }

    @Test
    void lineIsReadAsItWasWritten() {
        Split split = split("a", 1, 2);
        assertThat(Split.isLine(split.line())).isTrue();
        assertThat(Split.parse(split.line())).isEqualTo(split);
    }

    @Test
    void lineWithAMissingFieldIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Split.parse("split RARE a 1 2 3"));
    }

    @Test
    void largestErrorIsThatOfEachRunWithTheHome() {
        Errors errors = new Errors(List.of(
                List.of(
                        split("a", 900, 1_000),
                        split("b", 1_050, 1_000),
                        split(Split.HOME, 9_000, 0)),
                List.of(split("a", 1_000, 1_000), split("b", 1_200, 1_000))));
        assertThat(errors.largest().values()).containsExactly(90.0, 2.0);
    }

    @Test
    void errorOfTheRareIsOfItsOwn() {
        Errors errors =
                new Errors(List.of(List.of(split("a", 900, 1_000), split(Mix.RARELY, 95, 100))));
        assertThat(errors.ofRare().values()).containsExactly(5.0);
    }

    @Test
    void errorOfTheRareBeyondExactIsOfTwins() {
        Errors exact = new Errors(
                List.of(List.of(split(Mix.RARELY, 110, 100)), List.of(split(Mix.RARELY, 90, 100))));
        Errors adaptive = new Errors(List.of(
                List.of(split("a", 900, 100), split(Mix.RARELY, 112, 100)),
                List.of(split(Mix.RARELY, 93, 100))));
        assertThat(adaptive.ofRareBeyond(exact).values())
                .satisfiesExactly(
                        first -> assertThat(first).isCloseTo(2.0, within(1e-9)),
                        second -> assertThat(second).isCloseTo(3.0, within(1e-9)));
    }

    @Test
    void linesOfOthersAreNoSplits() {
        Split split = split("a", 1, 2);
        assertThat(Forked.byMix("wait RARE 12.5\n" + split.line() + "\n"))
                .containsOnlyKeys(Mix.RARE)
                .containsEntry(Mix.RARE, List.of(split));
    }
}
