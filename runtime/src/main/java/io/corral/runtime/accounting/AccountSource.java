package io.corral.runtime.accounting;

/** Tells a meter which account its thread works for. */
public interface AccountSource {

    /**
     * Returns the account that the thread works for from now on. A meter calls this again after its
     * compare-and-set has failed, so the result must not be cached.
     *
     * @param current the account that the meter charges now; return it to stay
     */
    Account account(Account current);
}
