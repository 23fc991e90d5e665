package io.corral.runtime.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import org.junit.jupiter.api.Test;

/** Whether a reading may skip threads that rest. */
class SkipPolicyTest {

    private final SkipPolicy policy = new SkipPolicy();

    @Test
    void firstReadingReadsAll() {
        assertThat(policy.maySkip(0)).isFalse();
    }

    @Test
    void restingThreadsAreSkippedUntilTheBoundIsExceeded() {
        policy.allRead(5);
        assertThat(policy.maySkip(5 + SkipPolicy.BOUND_NANOS)).isTrue();
        assertThat(policy.maySkip(6 + SkipPolicy.BOUND_NANOS)).isFalse();
    }

    /** The bound is for the time since all were read, not since the last reading. */
    @Test
    void readingsInBetweenDoNotMoveTheBound() {
        policy.allRead(0);
        assertThat(policy.maySkip(SkipPolicy.BOUND_NANOS)).isTrue();
        assertThat(policy.maySkip(SkipPolicy.BOUND_NANOS + 1)).isFalse();
        policy.allRead(SkipPolicy.BOUND_NANOS + 1);
        assertThat(policy.maySkip(2 * SkipPolicy.BOUND_NANOS + 1)).isTrue();
    }

    /** Else what they use would be hidden until it is as much as the fall. */
    @Test
    void growthIsMeasuredFromTheLowestValue() {
        policy.allRead(100 * SkipPolicy.BOUND_NANOS);
        assertThat(policy.maySkip(0)).isTrue();
        assertThat(policy.maySkip(SkipPolicy.BOUND_NANOS)).isTrue();
        assertThat(policy.maySkip(SkipPolicy.BOUND_NANOS + 1)).isFalse();
    }

    @Test
    void nothingIsSkippedIfTheProcessTimeIsUnknown() {
        policy.allRead(Usage.UNKNOWN);
        assertThat(policy.maySkip(0)).isFalse();
        policy.allRead(0);
        assertThat(policy.maySkip(Usage.UNKNOWN)).isFalse();
    }
}
