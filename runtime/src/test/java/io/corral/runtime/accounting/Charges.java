package io.corral.runtime.accounting;

/** Charges accounts, as a meter does, for tests of other packages. */
public final class Charges {

    private Charges() {}

    public static void cpu(Account account, long nanos) {
        account.chargeCpu(nanos);
    }

    public static void apportioned(Account account, long nanos) {
        account.chargeApportioned(nanos);
    }

    public static void allocated(Account account, long bytes) {
        account.chargeAllocated(bytes);
    }
}
