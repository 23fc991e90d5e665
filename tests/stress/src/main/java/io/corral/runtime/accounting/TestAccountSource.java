package io.corral.runtime.accounting;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A thread works for the account it has entered, or else for its home. */
final class TestAccountSource implements AccountSource {

    private static final AtomicReferenceFieldUpdater<TestAccountSource, @Nullable TestAccount>
            ENTERED = AtomicReferenceFieldUpdater.newUpdater(
                    TestAccountSource.class, TestAccount.class, "entered");

    /** Written by the mover. */
    volatile TestAccount home;

    /** Written by the owner. */
    private volatile @Nullable TestAccount entered;

    TestAccountSource(TestAccount home) {
        this.home = home;
    }

    /**
     * Owner: writes with release order, as the runtime does. Call {@code switchTo} of the meter
     * afterwards.
     */
    void enter(@Nullable TestAccount account) {
        ENTERED.lazySet(this, account);
    }

    @Nullable TestAccount entered() {
        return entered;
    }

    TestAccount account() {
        TestAccount inner = entered;
        return inner != null ? inner : home;
    }

    @Override
    public Account account(Account current) {
        return account();
    }
}
