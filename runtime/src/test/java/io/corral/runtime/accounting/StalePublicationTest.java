package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who has looked at a meter's state and comes late: finds no slot, or another one, and can tell. */
class StalePublicationTest {

    private final Account home = new MeterSchedule.TestAccount();
    private final HandClock clock = new HandClock(0, 0);

    @ParameterizedTest
    @EnumSource
    void slotOfAStateThatIsNoMoreIsNoneOrAnotherAndIsNotTakenForTheOne(ClockPolicy policy) {
        HandMeter meter = meter(policy);
        long old = meter.state();
        Slot first = meter.published(old);

        clock.advance(10, 0);
        meter.settle();
        assertThat(meter.isStill(old)).isFalse();
        Slot none = meter.published(old);
        assertThat(none).isNotSameAs(first);
        assertThat(none.account).isNotSameAs(home);

        clock.advance(10, 0);
        meter.settle();
        assertThat(meter.isStill(old)).isFalse();
        assertThat(meter.published(old))
                .isSameAs(meter.published(meter.state()))
                .isNotSameAs(none);
        assertThat(meter.chargedCpuNanos()).isEqualTo(20);

        meter.close();
        assertThat(meter.isStill(meter.state())).isTrue();
        assertThat(meter.published(meter.state()).account).isSameAs(home);
    }

    /** What an outsider has charged the owner need not hold on to: it may be of a removed container. */
    @ParameterizedTest
    @EnumSource
    void ownerKeepsOneSpareWhateverOutsidersBring(ClockPolicy policy) {
        HandMeter meter = meter(policy);
        Slot spare = meter.spare(meter.state());
        for (int i = 0; i < 5; i++) {
            clock.advance(10, 0);
            meter.settle();
            assertThat(meter.spare(meter.state())).isSameAs(spare);
        }
        meter.settleOwn();
        assertThat(meter.published(meter.state())).isSameAs(spare);
    }

    /** Slots that a reader brings to all threads lie side by side. */
    @ParameterizedTest
    @EnumSource
    void ownerUsesAgainWhatItMadeAndNotWhatAnOutsiderBrought(ClockPolicy policy) {
        HandMeter meter = meter(policy);
        Slot kept = meter.spare(meter.state());
        clock.advance(10, 0);
        meter.settle();
        Slot brought = meter.published(meter.state());
        meter.settleOwn();
        Slot own = meter.spare(meter.state());
        assertThat(own).isNotSameAs(brought).isNotSameAs(kept);

        clock.advance(10, 0);
        meter.settleOwn();
        assertThat(meter.published(meter.state())).isSameAs(own);
        assertThat(meter.spare(meter.state())).isSameAs(kept);
        meter.settleOwn();
        assertThat(meter.published(meter.state())).isSameAs(kept);
        assertThat(meter.spare(meter.state())).isSameAs(own);
        assertThat(meter.chargedCpuNanos()).isEqualTo(20);
    }

    /** Short stays, of which some end without a reading. */
    @Test
    void ownerLetsGoOfWhatAnOutsiderBroughtWithoutAReadingToo() {
        Account other = new MeterSchedule.TestAccount();
        HandMeter meter = meter(ClockPolicy.ADAPTIVE);
        int withoutReading = 0;
        for (int i = 0; i < 500; i++) {
            meter.workFor(i % 2 == 0 ? other : home);
            clock.advance(10, 0);
            if (i % 5 == 0) {
                meter.settle();
                Slot brought = meter.published(meter.state());
                meter.workFor(i % 2 == 0 ? home : other);
                assertThat(meter.spare(meter.state())).isNotSameAs(brought);
                withoutReading += Publication.isPending(meter.state()) ? 1 : 0;
            }
        }
        assertThat(withoutReading).isPositive();
    }

    /** As where an allocation calls back, and the owner switches in the middle of it. */
    @ParameterizedTest
    @EnumSource
    void ownerThatComesLateWithItsSpareLeavesWhatIsPublished(ClockPolicy policy) {
        HandMeter meter = meter(policy);
        clock.advance(10, 0);
        meter.settle();
        long old = meter.state();
        meter.settleOwn();
        clock.advance(10, 0);
        meter.settleOwn();
        Slot published = meter.published(meter.state());

        meter.takeOwnSpare(old, home);

        assertThat(meter.published(meter.state())).isSameAs(published);
        assertThat(meter.chargedCpuNanos()).isEqualTo(20);
    }

    private HandMeter meter(ClockPolicy policy) {
        return new HandMeter(clock, policy, home, 0, 0);
    }
}
