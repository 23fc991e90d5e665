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
 * takes the account out and then reads the totals. So either the reader sees the change, or the
 * thread adds the account again. If a thread is adding an account while a reader takes the list,
 * only the next reading sees the account and its changes.
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
     * The last account that could not be added because the stack was exhausted; see
     * {@link #addMissed}. This keeps it reachable.
     */
    static volatile @Nullable Account missed;

    private volatile Account first = END;

    private ChangedAccounts() {}

    /**
     * Initializes this class now: a class whose initialization fails on an exhausted stack or heap
     * stays unusable.
     */
    public static void initialize() {
        add(END);
    }

    /**
     * Called after the totals have changed, on any thread. Does not wait. Does both steps or
     * neither, even if hardly any stack is left.
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

    /** Takes all accounts. The caller removes each from the result by {@link #remove}. */
    public static Account take() {
        return FIRST.getAndSet(STACK, END);
    }

    public static boolean isEnd(Account account) {
        return account == END;
    }

    /**
     * Removes the first of the accounts that were taken. From now on, a change adds it to the list
     * again, so read its totals after this call.
     *
     * @return the next one
     */
    public static Account remove(Account first) {
        Account next = first.nextChanged;
        first.nextChanged = null;
        return next == null ? END : next;
    }
}
