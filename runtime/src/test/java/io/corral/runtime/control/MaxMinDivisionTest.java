package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MaxMinDivisionTest {

    private final MaxMinDivision division = new MaxMinDivision();

    @Test
    void allThatIsWantedIsSharedByWeight() {
        division.add(100, MaxMinDivision.ALL);
        division.add(300, MaxMinDivision.ALL);
        division.divide(8);
        assertThat(division.share(0)).isEqualTo(2);
        assertThat(division.share(1)).isEqualTo(6);
        assertThat(division.bound(1)).isEqualTo(6);
    }

    @Test
    void whatOneDoesNotWantIsSharedByTheOthers() {
        division.add(100, 0.5);
        division.add(100, MaxMinDivision.ALL);
        division.add(200, MaxMinDivision.ALL);
        division.divide(3.5);
        assertThat(division.share(0)).isEqualTo(0.5);
        assertThat(division.share(1)).isEqualTo(1);
        assertThat(division.share(2)).isEqualTo(2);
    }

    /** The second wants less than its share only after the first has left a part of its own. */
    @Test
    void shareThatGrowsMaySatisfyAnother() {
        division.add(100, 0.1);
        division.add(100, 1.2);
        division.add(100, MaxMinDivision.ALL);
        division.divide(3);
        assertThat(division.share(1)).isEqualTo(1.2);
        assertThat(division.share(2)).isCloseTo(1.7, within(1e-9));
    }

    @Test
    void satisfiedParticipantCouldHaveItsWholeShare() {
        division.add(100, 0.5);
        division.add(300, MaxMinDivision.ALL);
        division.divide(4);
        assertThat(division.bound(0)).isEqualTo(1);
    }

    @Test
    void allMayBeSatisfied() {
        division.add(100, 1);
        division.add(100, 0);
        division.divide(4);
        assertThat(division.share(0)).isEqualTo(1);
        assertThat(division.share(1)).isZero();
        assertThat(division.bound(0)).isEqualTo(4);
    }

    @Test
    void manyParticipantsCanBeAddedAgain() {
        for (int round = 0; round < 2; round++) {
            division.clear();
            for (int i = 0; i < 100; i++) {
                division.add(100, MaxMinDivision.ALL);
            }
            division.divide(50);
            assertThat(division.share(99)).isCloseTo(0.5, within(1e-9));
        }
    }
}
