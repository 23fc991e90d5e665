package io.corral.runtime.membership;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;

import org.jspecify.annotations.Nullable;

/**
 * The membership of threads that work for a {@link Measurement}. It has the places of another
 * membership and shares its totals, so readings, subsystems and events do not distinguish the two.
 * What is charged here is also charged to the measurement. It is in no table, and is collected when
 * no thread, task or scope refers to it.
 */
final class MeasuredMembership extends Membership {

    private final Membership places;
    private final Measurement measurement;

    /** The membership of the same measurement that was created before, or null. */
    final @Nullable MeasuredMembership earlier;

    MeasuredMembership(
            Membership places, Measurement measurement, @Nullable MeasuredMembership earlier) {
        super(places);
        this.places = places;
        this.measurement = measurement;
        this.earlier = earlier;
    }

    @Override
    public Membership unmeasured() {
        return places;
    }

    @Override
    public Measurement measurement() {
        return measurement;
    }

    @Override
    protected @Nullable Measurement measurementAccount() {
        return Measurement.open(measurement);
    }

    @Override
    public void countFork(boolean isVirtual) {
        super.countFork(isVirtual);
        measurement.countFork(isVirtual);
    }

    @Override
    public void countExit(boolean isVirtual) {
        super.countExit(isVirtual);
        measurement.countExit(isVirtual);
    }

    /** The membership of the same measurement in other places. */
    private Membership in(Membership others) {
        Measurement open = measurementAccount();
        return open == null ? others : open.in(others);
    }

    @Override
    public ContainerNode container(HierarchyTree hierarchy) {
        return places.container(hierarchy);
    }

    @Override
    public Membership moveTo(ContainerNode container) {
        Membership to = places.moveTo(container);
        return to == places ? this : in(to);
    }

    @Override
    public Membership moveTo(ContainerNode[] containers, int count) {
        Membership to = places.moveTo(containers, count);
        return to == places ? this : in(to);
    }

    @Override
    ContainerNode @Nullable [] handed() {
        return places.handed();
    }

    /** True: a task takes the measurement along, even if it was submitted in the roots. */
    @Override
    public boolean handsOver() {
        return isMeasured() || places.handsOver();
    }

    @Override
    public Membership from(Membership place) {
        Measurement open = measurementAccount();
        Membership to = places.from(place);
        return open == null ? to : open.in(to.unmeasured());
    }

    @Override
    public Membership live() {
        Membership live = places.live();
        return live == places && !measurement.hasEnded() ? this : in(live);
    }

    @Override
    public Membership again() {
        Membership again = places.again();
        return again == places && !measurement.hasEnded() ? this : in(again);
    }

    @Override
    public boolean isRemoved() {
        return places.isRemoved();
    }

    @Override
    public boolean isRetired() {
        return measurement.hasEnded() || places.isRetired();
    }

    /** Refuses after the end of the measurement: then the thread is placed again, without it. */
    @Override
    public boolean pin() {
        return !measurement.hasEnded() && super.pin();
    }

    @Override
    ContainerNode[] places() {
        return places.places();
    }
}
