package io.corral.runtime.container;

import org.jspecify.annotations.Nullable;

/** The part of a membership that belongs to tables and to placement. */
abstract class MembershipEntry extends MembershipUsage implements MembershipRef {

    /**
     * The decisions that placement caches for this membership. Only placement knows their class.
     */
    private volatile @Nullable Object decisions;

    /** See {@link MembershipRef}. Set under {@link Trees#LOCK}, before others find this. */
    private MembershipRef ref = this;

    private int[] slots = {};

    MembershipEntry() {}

    MembershipEntry(MembershipUsage other) {
        super(other);
    }

    /** Used by placement. */
    public @Nullable Object decisions() {
        return decisions;
    }

    public void decisions(Object decisions) {
        this.decisions = decisions;
    }

    /** The reference to this membership in tables. */
    MembershipRef ref() {
        return ref;
    }

    void ref(MembershipRef ref) {
        this.ref = ref;
    }

    @Override
    public int[] slots() {
        return slots;
    }

    @Override
    public void slots(int[] slots) {
        this.slots = slots;
    }
}
