package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.accounting.Charges;
import io.corral.runtime.container.Collected;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** The memberships of threads that work for a measurement. */
class MeasurementTest {

    private static final Membership PLACE =
            Membership.ROOT.moveTo(Trees.MAIN.at("/measured/place"));
    private static final ContainerNode OTHER = Trees.MAIN.at("/measured/other");

    private final Measurement measurement = Measurement.begin(PLACE);
    private final Membership measured = measurement.from(PLACE);

    /** Keeps what a thread may keep of a measurement that has ended. */
    private Membership innerMembership = measured;

    @Test
    void measuredMembershipHasTheSamePlacesAndIsCached() {
        assertThat(measured.unmeasured()).isSameAs(PLACE);
        assertThat(measured.container(Trees.MAIN)).isSameAs(PLACE.container(Trees.MAIN));
        assertThat(measured.totals()).isSameAs(PLACE.totals());
        assertThat(measurement.from(PLACE)).isSameAs(measured);
        assertThat(measurement.from(measured)).isSameAs(measured);
    }

    @Test
    void chargeGoesToContainerAndMeasurement() {
        long before = PLACE.totals().cpuNanos();
        Charges.cpu(measured, 7);
        Charges.apportioned(measured, 3);
        Charges.allocated(measured, 100);
        measured.chargeQueued(11);
        assertThat(PLACE.totals().cpuNanos() - before).isEqualTo(10);
        assertThat(measurement.totals().cpuNanos()).isEqualTo(10);
        assertThat(measurement.totals().apportionedCpuNanos()).isEqualTo(3);
        assertThat(measurement.totals().allocatedBytes()).isEqualTo(100);
        assertThat(measurement.totals().queuedNanos()).isEqualTo(11);
    }

    @Test
    void moveKeepsTheMeasurement() {
        Membership moved = measured.moveTo(OTHER);
        assertThat(moved.measurement()).isSameAs(measurement);
        assertThat(moved.unmeasured()).isSameAs(PLACE.moveTo(OTHER));
        assertThat(moved.moveTo(PLACE.container(Trees.MAIN))).isSameAs(measured);
    }

    @Test
    void taskSubmittedInTheRootsTakesTheMeasurementAlong() {
        Membership fromRoots = measurement.from(Membership.ROOT);
        assertThat(fromRoots.handsOver()).isTrue();
        Membership worker = fromRoots.from(PLACE);
        assertThat(worker).isSameAs(measured);
    }

    @Test
    void taskOfAnotherMeasurementReplacesTheWorkersMeasurement() {
        Measurement other = Measurement.begin(Membership.ROOT);
        Membership worker = other.from(Membership.ROOT);
        assertThat(measured.from(worker)).isSameAs(measured);
    }

    @Test
    void chargeToAnInnerMeasurementGoesToTheEnclosingOneToo() {
        Measurement inner = Measurement.begin(measured);
        Membership both = inner.from(measured);
        Charges.cpu(both, 5);
        assertThat(inner.totals().cpuNanos()).isEqualTo(5);
        assertThat(measurement.totals().cpuNanos()).isEqualTo(5);
        assertThat(measurement.includes(both)).isTrue();
        assertThat(inner.includes(measured)).isFalse();
        inner.end();
        Charges.cpu(both, 5);
        assertThat(inner.totals().cpuNanos()).isEqualTo(5);
        assertThat(measurement.totals().cpuNanos()).isEqualTo(10);
        assertThat(both.live()).isSameAs(measured);
    }

    @Test
    void endedMeasurementFallsBackToTheEnclosingOne() {
        Measurement inner = Measurement.begin(measured);
        inner.end();
        assertThat(inner.from(PLACE)).isSameAs(measured);
    }

    @Test
    void chargeAfterTheEndIsNotMeasured() {
        measurement.end();
        Charges.cpu(measured, 5);
        assertThat(measurement.totals().cpuNanos()).isZero();
        assertThat(measured.isRetired()).isTrue();
        assertThat(measured.live()).isSameAs(PLACE);
        assertThat(measured.moveTo(OTHER)).isSameAs(PLACE.moveTo(OTHER));
        assertThat(measurement.from(PLACE)).isSameAs(PLACE);
        assertThat(measured.pin()).isFalse();
    }

    /** Each task measures the next one, and returns once that has begun. */
    @Test
    void endedMeasurementOfAChainIsCollected() {
        Membership newest = measured;
        Measurement outer = measurement;
        WeakReference<Measurement> early = null;
        for (int i = 0; i < 100; i++) {
            Measurement next = Measurement.begin(newest);
            outer.end();
            outer = next;
            newest = next.from(PLACE);
            Charges.cpu(newest, 1);
            if (i == 10) {
                early = new WeakReference<>(next);
            }
        }
        assertThat(early).isNotNull();
        Collected.await(early);
        assertThat(outer.totals().cpuNanos()).isEqualTo(1);
    }

    @Test
    void endedMeasurementKeepsNoEndedOne() {
        WeakReference<Measurement> outer = endedAroundAnEndedOne();
        Collected.await(outer);
    }

    private WeakReference<Measurement> endedAroundAnEndedOne() {
        Measurement outer = Measurement.begin(measured);
        Measurement inner = Measurement.begin(outer.from(PLACE));
        innerMembership = inner.from(PLACE);
        outer.end();
        inner.end();
        return new WeakReference<>(outer);
    }

    @Test
    void stayThatOutlivesItsMeasurementLeavesTheEnclosingOne() {
        Measurement inner = Measurement.begin(measured);
        Membership both = inner.from(PLACE);
        Measurement.enters(PLACE, both, false);
        assertThat(measurement.hasStays()).isTrue();
        inner.end();
        Measurement.left(both, PLACE);
        assertThat(measurement.hasStays()).isFalse();
    }

    @Test
    void memberOfAMeasuredMembershipIsAMemberOfTheContainer() {
        long before = PLACE.totals().forks();
        assertThat(measured.pin()).isTrue();
        measured.countFork(false);
        assertThat(PLACE.hasMembers()).isTrue();
        assertThat(measurement.hasStays()).isTrue();
        measured.countExit(false);
        measured.withdraw();
        assertThat(measurement.hasStays()).isFalse();
        assertThat(PLACE.totals().forks() - before).isEqualTo(1);
    }

    @Test
    void removalOfTheContainerKeepsTheMeasurement() {
        ContainerNode removed = Trees.MAIN.at("/measured/removed");
        Membership inRemoved = measured.moveTo(removed);
        Removal.remove(removed);
        assertThat(inRemoved.isRetired()).isTrue();
        assertThat(inRemoved.live().measurement()).isSameAs(measurement);
        assertThat(inRemoved.live().container(Trees.MAIN)).isSameAs(removed.parent());
    }
}
