package io.corral.runtime.accounting;

import org.jspecify.annotations.Nullable;

/** Where a thread works: where it has entered, else at home. */
final class Place extends Meter.Target {

    /** The mover's. */
    volatile Payer home;

    /** The owner's. */
    volatile @Nullable Payer entered;

    Place(Payer home, @Nullable Payer entered) {
        this.home = home;
        this.entered = entered;
    }

    @Override
    public Payer account() {
        Payer inner = entered;
        return inner != null ? inner : home;
    }
}
