package io.corral.runtime.membership;

import io.corral.runtime.container.Trees;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a membership that is not kept, in the ring of {@link Combinations}. Accessed under
 * {@link Trees#LOCK}, but for {@link #get}.
 */
final class WeakMembership extends WeakReference<Membership> implements MembershipRef {

    final MembershipTable.Key key;

    WeakMembership next = this;
    WeakMembership previous = this;

    private int[] slots = {};

    WeakMembership(Membership membership, MembershipTable.Key key) {
        super(membership);
        this.key = key;
    }

    /**
     * Declared here, since the bridge method of the compiler would have an annotation of the JDK.
     */
    @Override
    public @Nullable Membership get() {
        return super.get();
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
