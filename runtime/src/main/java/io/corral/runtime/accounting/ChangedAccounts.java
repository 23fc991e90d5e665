package io.corral.runtime.accounting;

import io.corral.runtime.jdk.ReservedStack;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The accounts whose totals have changed since a reader took them: a Treiber stack that is linked
 * through the accounts, so that adding one needs no memory. The kernel's rstat has such a list for
 * each CPU.
 *
 * <p>A thread changes the totals and then adds the account, unless it is there already. A reader
 * takes the account out and then reads the totals. So one of the two sees the other, and no change
 * is missed. A reader may not see an account that a thread is adding at that moment, nor what other
 * threads have changed there meanwhile: the next reading does.
 */
public final class ChangedAccounts {

    private static final AtomicReferenceFieldUpdater<Account, @Nullable Account> NEXT =
            AtomicReferenceFieldUpdater.newUpdater(Account.class, Account.class, "nextChanged");

    /** The last of each stack: so an account that is in a stack has a successor. */
    private static final Account END = new Account();

    /** (An {@code AtomicReference} uses a {@code VarHandle}, which needs more stack.) */
    private static final AtomicReferenceFieldUpdater<ChangedAccounts, Account> FIRST =
            AtomicReferenceFieldUpdater.newUpdater(ChangedAccounts.class, Account.class, "first");

    private static final ChangedAccounts STACK = new ChangedAccounts();

    /**
     * The last account that could not be added, for want of stack; see {@link #addMissed}. So it
     * stays reachable.
     */
    static volatile @Nullable Account missed;

    private volatile Account first = END;

    private ChangedAccounts() {}

    /** Initializes this class: on an exhausted stack or heap that would fail for good. */
    public static void initialize() {
        add(END);
    }

    /**
     * Called after the totals have changed. Any thread; does not wait. Does both steps or neither,
     * even where hardly any stack is left.
     */
    @ReservedStack
    public static void add(Account account) {
        Account first = STACK.first;
        if (account != END && NEXT.compareAndSet(account, null, first)) {
            while (!FIRST.compareAndSet(STACK, first, account)) {
                first = STACK.first;
                account.nextChanged = first;
            }
        }
    }

    /**
     * Adds all accounts if one could not be added since the last call. If this throws, the next
     * call does it.
     *
     * @param all passes each account on
     */
    public static void addMissed(Consumer<Consumer<Account>> all) {
        Account last = missed;
        if (last != null) {
            missed = null;
            boolean added = false;
            try {
                add(last);
                all.accept(ChangedAccounts::add);
                added = true;
            } finally {
                if (!added) {
                    missed = last;
                }
            }
        }
    }

    /** Takes all accounts. The caller takes them apart, by {@link #remove}. */
    public static Account take() {
        return FIRST.getAndSet(STACK, END);
    }

    public static boolean isEnd(Account account) {
        return account == END;
    }

    /**
     * Removes the first of the accounts that were taken: a change adds it again from now on. Read
     * its totals afterwards.
     *
     * @return the next one
     */
    public static Account remove(Account first) {
        Account next = first.nextChanged;
        first.nextChanged = null;
        return next == null ? END : next;
    }
}
