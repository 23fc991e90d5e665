package io.corral.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MixTest {

    private static final int TURNS = 100_000;

    @ParameterizedTest
    @EnumSource
    void turnsComeAsTheWeightsSay(Mix mix) {
        SplittableRandom random = new SplittableRandom(1);
        int[] turns = new int[mix.parts.size()];
        for (int i = 0; i < TURNS; i++) {
            turns[mix.next(random)]++;
        }
        for (int i = 0; i < turns.length; i++) {
            double share = (double) mix.parts.get(i).weight() / mix.weight();
            assertThat((double) turns[i] / TURNS).isCloseTo(share, offset(0.01));
        }
    }

    @Test
    void busyUnitsTakeTheCoresTime() {
        assertThat(Mix.BUSY_1000.units(1_001_000, 2, 2, 30)).isEqualTo(2_000);
    }

    @Test
    void blockedUnitsTakeTheThreadsTime() {
        assertThat(Mix.PARKED.units(1_051_000, 2, 2, 30)).isEqualTo(2_000);
    }

    @Test
    void whereThreadsOrTheirCarrierWaitAndOfWhatIsRareThereAreFewUnits() {
        assertThat(Arrays.stream(Mix.values()).filter(Mix::isSparse))
                .containsExactlyInAnyOrder(
                        Mix.PARKED, Mix.BLOCKED, Mix.EITHER, Mix.UNEVEN, Mix.RARE, Mix.IDLING);
    }

    @Test
    void oddsDecideWhatAUnitIs() {
        SplittableRandom random = new SplittableRandom(1);
        Part part = Part.either("a", 1, 10, 300, 0.3);
        int blocked = 0;
        for (int i = 0; i < TURNS; i++) {
            blocked += part.next(random).blockedMicros() > 0 ? 1 : 0;
        }
        assertThat((double) blocked / TURNS).isCloseTo(0.3, offset(0.01));
        assertThat(part.meanBusyMicros()).isEqualTo(7);
        assertThat(part.meanBlockedMicros()).isEqualTo(90);
    }
}
