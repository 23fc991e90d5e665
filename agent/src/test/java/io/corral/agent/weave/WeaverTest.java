package io.corral.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the class of virtual threads is woven. */
class WeaverTest {

    /** What it lacks is to be said at the start, with nothing woven. */
    @Test
    void classOfAJdkThatNobodyHasSeenIsWovenAtOnceAndOthersWaitForTheFirst() {
        assertThat(Weaver.isKnown(21)).isTrue();
        assertThat(Weaver.isKnown(25)).isTrue();
        assertThat(Weaver.isKnown(26)).isFalse();
    }
}
