package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** Where a thread works: where it has entered, else at home. */
final class Place extends Meter.Target {

    private static final AtomicReferenceFieldUpdater<Place, @Nullable Payer> ENTERED =
            AtomicReferenceFieldUpdater.newUpdater(Place.class, Payer.class, "entered");

    /** The mover's. */
    volatile Payer home;

    /** The owner's. */
    private volatile @Nullable Payer entered;

    Place(Payer home, @Nullable Payer entered) {
        this.home = home;
        this.entered = entered;
    }

    /** Owner, as a member does it: a release, and the meter follows. */
    void enter(@Nullable Payer payer) {
        ENTERED.lazySet(this, payer);
    }

    @Nullable Payer entered() {
        return entered;
    }

    @Override
    public Payer account() {
        Payer inner = entered;
        return inner != null ? inner : home;
    }
}
