package com.acme;

/** Where the application asks for its tenant. */
public final class Tenants {

    private Tenants() {}

    /** The tenant of the current request; null if there is none. */
    public static String current() {
        return TenantContext.TENANT.get();
    }
}
