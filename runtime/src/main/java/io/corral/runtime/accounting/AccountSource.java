package io.corral.runtime.accounting;

/** Knows which account a thread works for. */
public interface AccountSource {

    /**
     * Returns the account that the thread works for from now on. A meter asks again whenever its
     * compare-and-set has failed, so the answer must be read anew each time.
     *
     * @param current the account that the meter charges now; return it to stay
     */
    Account account(Account current);
}
