package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.accounting.Charges;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import org.junit.jupiter.api.Test;

/** The memberships of threads that work for a measurement. */
class MeasurementTest {

    private static final Membership PLACE =
            Membership.ROOT.moveTo(Trees.MAIN.at("/measured/place"));
    private static final ContainerNode OTHER = Trees.MAIN.at("/measured/other");

    private final Measurement measurement = Measurement.begin(PLACE);
    private final Membership measured = measurement.from(PLACE);

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
