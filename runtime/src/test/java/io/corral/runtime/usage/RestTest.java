package io.corral.runtime.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import org.junit.jupiter.api.Test;

/** Whether threads that rest may be left out of a reading. */
class RestTest {

    private final Rest rest = new Rest();

    @Test
    void firstReadingReadsAll() {
        assertThat(rest.explains(0)).isFalse();
    }

    @Test
    void restIsLeftOutUntilTheBoundIsExceeded() {
        rest.allWereRead(5);
        assertThat(rest.explains(5 + Rest.BOUND_NANOS)).isTrue();
        assertThat(rest.explains(6 + Rest.BOUND_NANOS)).isFalse();
    }

    /** The bound is for the time since all were read, not since the last reading. */
    @Test
    void readingsInBetweenDoNotMoveTheBound() {
        rest.allWereRead(0);
        assertThat(rest.explains(Rest.BOUND_NANOS)).isTrue();
        assertThat(rest.explains(Rest.BOUND_NANOS + 1)).isFalse();
        rest.allWereRead(Rest.BOUND_NANOS + 1);
        assertThat(rest.explains(2 * Rest.BOUND_NANOS + 1)).isTrue();
    }

    /** Else what they use would be hidden until it is as much as the fall. */
    @Test
    void growthIsMeasuredFromTheLowestValue() {
        rest.allWereRead(100 * Rest.BOUND_NANOS);
        assertThat(rest.explains(0)).isTrue();
        assertThat(rest.explains(Rest.BOUND_NANOS)).isTrue();
        assertThat(rest.explains(Rest.BOUND_NANOS + 1)).isFalse();
    }

    @Test
    void nothingIsLeftOutWhereTheProcessHasNoClock() {
        rest.allWereRead(Usage.UNKNOWN);
        assertThat(rest.explains(0)).isFalse();
        rest.allWereRead(0);
        assertThat(rest.explains(Usage.UNKNOWN)).isFalse();
    }
}
