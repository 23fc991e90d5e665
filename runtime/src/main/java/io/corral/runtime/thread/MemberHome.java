package io.corral.runtime.thread;

import io.corral.runtime.accounting.AccountSource;
import io.corral.runtime.container.Home;
import io.corral.runtime.container.LastHome;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The home of one thread: unknown until its start or its adoption, then a membership, which an
 * attach replaces, and from its end on the last of these.
 *
 * <p>The parent or the adopter writes it before the thread runs, an attach under the lock of
 * attaches, and the thread itself at its end. Each change after the first is a compare-and-set, so
 * that a thread that ends while it is moved leaves exactly one membership.
 */
public abstract class MemberHome implements AccountSource {

    private static final AtomicReferenceFieldUpdater<MemberHome, @Nullable Home> HOME =
            AtomicReferenceFieldUpdater.newUpdater(MemberHome.class, Home.class, "home");

    /** Of a thread whose exit is complete. It keeps no membership from the garbage collector. */
    private static final LastHome RELEASED = Trees.ROOT.newLastHome();

    private volatile @Nullable Home home;

    /** The membership of the thread; null before its start and after its end. */
    public final @Nullable Membership home() {
        return home instanceof Membership now ? now : null;
    }

    public final Membership homeOrRoot() {
        return home instanceof Membership now ? now : Trees.ROOT;
    }

    /** Whether the thread is in its exit hook, or past it. */
    public final boolean hasEnded() {
        return home instanceof LastHome;
    }

    /** Whether the thread was counted in, so that no mount adopts it; true after its end too. */
    public final boolean isKnown() {
        return home != null;
    }

    /** The membership that an ended thread is charged to; null before its end. */
    final @Nullable Membership lastHome() {
        return home instanceof LastHome last ? last.membership() : null;
    }

    /**
     * On the parent or the adopter: the thread is a member of {@code membership}, which is pinned.
     */
    public final void settleIn(Membership membership) {
        turnHandOverOn(membership);
        // A thread that moves or runs this one has synchronized with the thread that does this.
        HOME.lazySet(this, membership);
    }

    private static void turnHandOverOn(Membership home) {
        if (home.handsOver()) {
            HandOverFlag.turnOn();
        }
    }

    /** Without the agent, where no thread is counted. */
    final void moveHome(Membership membership) {
        turnHandOverOn(membership);
        home = membership;
    }

    /**
     * Under the lock of attaches.
     *
     * @return false if the thread has ended meanwhile
     */
    final boolean moveHome(Membership from, Membership to) {
        turnHandOverOn(to);
        return HOME.compareAndSet(this, from, to);
    }

    /**
     * At the thread's end.
     *
     * @return the membership that the thread has left; null if it had none, or has ended before
     */
    final @Nullable Membership endHome() {
        while (true) {
            Membership left = home();
            if (left == null || HOME.compareAndSet(this, left, left.lastHome())) {
                return left;
            }
        }
    }

    /**
     * Takes a start or an adoption back: the thread is as if no hook had seen it.
     *
     * @return the membership that the thread has left, or null
     */
    public final @Nullable Membership forgetHome() {
        Membership left = home();
        while (left != null && !HOME.compareAndSet(this, left, null)) {
            left = home();
        }
        return left;
    }

    /**
     * After the thread's last step: drops the reference to its last home.
     *
     * @return the last home; null if the thread has not ended, or this was called before
     */
    public final @Nullable Membership releaseLastHome() {
        Home now = home;
        if (now instanceof LastHome last && now != RELEASED) {
            home = RELEASED;
            return last.membership();
        }
        return null;
    }
}
