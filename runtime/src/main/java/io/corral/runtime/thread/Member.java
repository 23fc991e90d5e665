package io.corral.runtime.thread;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.AccountSource;
import io.corral.runtime.membership.Home;
import io.corral.runtime.membership.LastHome;
import io.corral.runtime.membership.Membership;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One thread: its home, its open scopes, which subsystems know it, and the kind of Corral's code
 * that is running on it.
 *
 * <p>The home is null until the thread's start or its adoption. Then it is a membership, which an
 * attach can replace. From the thread's end on it is a {@link LastHome}.
 *
 * <p>The starter or the adopting thread writes it first, an attach writes it under the lock of
 * attaches, and the thread itself at its end. Each change after the first is a compare-and-set, so
 * that a thread that ends while it is moved leaves exactly one membership.
 */
public abstract class Member extends ScopeStack implements AccountSource {

    /** A {@linkplain #generation() generation}: no subsystem knows the thread yet. */
    public static final char NONE = 0;

    /** No subsystem is told of the thread, now or later. */
    public static final char NEVER = Character.MAX_VALUE - 1;

    /** The thread is being started: fork callbacks run. */
    public static final char STARTING = Character.MAX_VALUE;

    private static final AtomicReferenceFieldUpdater<Member, @Nullable Home> HOME =
            AtomicReferenceFieldUpdater.newUpdater(Member.class, Home.class, "home");

    /** The home of a thread whose exit is complete. It does not keep a membership reachable. */
    private static final LastHome RELEASED = Membership.ROOT.newLastHome();

    /**
     * A bit of {@link #flags}: a hook runs on this thread. A thread that a callback starts is only
     * counted.
     */
    private static final byte IN_HOOK = 1;

    /** The getters of a rule for methods run on this thread. */
    private static final byte IN_RULE = 2;

    /** Exit callbacks of another thread run on this one. */
    private static final byte IN_EXIT_CALLBACKS = 4;

    /** Tasks that this thread submits are charged to their pool. */
    private static final byte SUBMITS_FOR_POOL = 8;

    /** The thread has given itself a name, and rules were asked for it. */
    private static final byte HAS_NAMED_ITSELF = 16;

    /** A limit in monitor mode would have refused the start of this thread. */
    private static final byte IS_EXCESS = 32;

    /** The flags that don't keep a rule from running. */
    private static final byte LASTING = SUBMITS_FOR_POOL | HAS_NAMED_ITSELF | IS_EXCESS;

    private volatile @Nullable Home home;

    /**
     * Accessed by the thread itself only, and before its start by the starter. (Bits, since another
     * field would add eight bytes to a virtual thread.)
     */
    private byte flags;

    /**
     * The generation up to which subsystems know the thread. (A wider field would add eight bytes
     * to a virtual thread.) Written before the thread runs, or by the thread that
     * {@linkplain CallbackQueue runs its callbacks}.
     */
    private char generation;

    /** The membership of the thread; null before its start and after its end. */
    public final @Nullable Membership home() {
        return home instanceof Membership now ? now : null;
    }

    public final Membership homeOrRoot() {
        return home instanceof Membership now ? now : Membership.ROOT;
    }

    /** Whether the exit hook of the thread has begun. */
    public final boolean hasEnded() {
        return home instanceof LastHome;
    }

    /**
     * Whether the thread was counted in, so that a mount does not adopt it. It is true after the
     * thread's end too.
     */
    public final boolean isKnown() {
        return home != null;
    }

    /**
     * The membership in which the thread works: in each hierarchy, the container of its innermost
     * scope or, without one, of its home.
     */
    public final Membership working() {
        return working(openFrame(), homeOrRoot());
    }

    /** Where a thread with that home works in the scope of {@code open}; null for no scope. */
    static Membership working(@Nullable ScopeFrame open, Membership home) {
        return open == null ? home : open.from(home);
    }

    /** The membership that is charged. An ended thread still charges its last home. */
    public final Membership account() {
        ScopeFrame open = openFrame();
        // Read once: the thread may end meanwhile.
        Home now = home;
        if (now instanceof LastHome last) {
            return last.membership();
        }
        return working(open, now instanceof Membership at ? at : Membership.ROOT);
    }

    @Override
    public Account account(Account current) {
        return account();
    }

    /** Whether this is the calling thread's member. */
    abstract boolean isCurrent();

    /** Whether this is the member of a virtual thread. */
    public abstract boolean isVirtual();

    /**
     * Called on the thread itself: updates the meter, since the account that the thread works for
     * may have changed. The change was written at least with release semantics.
     */
    abstract void followOnMeter();

    /**
     * Called on a mover, under the lock of attaches: updates the meter, since the account of this
     * thread may have changed.
     */
    abstract void followFromOutside();

    /**
     * Whether a scope can be left open between two tasks, so that the switch is deferred. For a
     * virtual thread it cannot, since its frames are not reused.
     */
    boolean canPutOffSwitch() {
        return false;
    }

    /**
     * Called on the starter or the adopting thread: makes the thread a member of
     * {@code membership}, which is pinned.
     */
    public final void becomeMemberOf(Membership membership) {
        turnHandOverOn(membership);
        // Release order suffices: a thread that moves or runs this one synchronizes with the
        // calling thread.
        HOME.lazySet(this, membership);
    }

    private static void turnHandOverOn(Membership home) {
        if (home.handsOver()) {
            HandOverFlag.turnOn();
        }
    }

    /** Moves the thread if the agent is absent, so that no thread is counted. */
    final void moveHome(Membership membership) {
        turnHandOverOn(membership);
        home = membership;
    }

    /**
     * Moves the thread, under the lock of attaches.
     *
     * @return false if the thread has ended meanwhile
     */
    final boolean moveHome(Membership from, Membership to) {
        turnHandOverOn(to);
        return HOME.compareAndSet(this, from, to);
    }

    /**
     * Called at the thread's end: it is no longer a member anywhere, and its scopes are closed.
     *
     * @return the membership that it has left; null if it had none, or had ended before
     */
    public final @Nullable Membership moveOut() {
        Membership left = home();
        while (left != null && !HOME.compareAndSet(this, left, left.lastHome())) {
            left = home();
        }
        closeAll();
        return left;
    }

    /**
     * Undoes a start or an adoption, as if no hook had seen the thread.
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

    /**
     * Marks that a hook runs on this thread, until {@link #leaveHook}.
     *
     * @return whether none was running
     */
    public final boolean enterHook() {
        boolean entered = (flags & IN_HOOK) == 0;
        flags |= IN_HOOK;
        return entered;
    }

    public final void leaveHook() {
        flags &= ~IN_HOOK;
    }

    /**
     * Marks that a rule runs on this thread, until {@link #leaveRule}, if neither a hook nor a rule
     * was running.
     *
     * @return whether it was marked
     */
    public final boolean enterRule() {
        boolean entered = (flags & ~LASTING) == 0;
        if (entered) {
            flags |= IN_RULE;
        }
        return entered;
    }

    public final void leaveRule() {
        flags &= ~IN_RULE;
    }

    /** Called when the thread has given itself a name. Returns whether this is the first time. */
    public final boolean firstNameIsGiven() {
        boolean isFirst = (flags & HAS_NAMED_ITSELF) == 0;
        flags |= HAS_NAMED_ITSELF;
        return isFirst;
    }

    /** Called on the starter: marks what {@link HomeCounts#start} has returned. */
    public final void markExcess() {
        flags |= IS_EXCESS;
    }

    /** See {@link #markExcess}. Any thread may call, since the mark stays from the start on. */
    public final boolean isExcess() {
        return (flags & IS_EXCESS) != 0;
    }

    /** Sets whether tasks that the thread submits from now on are charged to their pool. */
    public final void submitsForPool(boolean forPool) {
        flags = (byte) (forPool ? flags | SUBMITS_FOR_POOL : flags & ~SUBMITS_FOR_POOL);
    }

    public final boolean submitsForPool() {
        return (flags & SUBMITS_FOR_POOL) != 0;
    }

    /**
     * Called when exit callbacks of another thread begin on this one: the current container is then
     * the root.
     */
    public final void enterExitCallbacks() {
        flags |= IN_EXIT_CALLBACKS;
    }

    public final void leaveExitCallbacks() {
        flags &= ~IN_EXIT_CALLBACKS;
    }

    public final boolean runsExitCallbacks() {
        return (flags & IN_EXIT_CALLBACKS) != 0;
    }

    /** The generation up to which subsystems know the thread, or one of the constants. */
    public final char generation() {
        return generation;
    }

    public final void generation(char known) {
        generation = known;
    }
}
