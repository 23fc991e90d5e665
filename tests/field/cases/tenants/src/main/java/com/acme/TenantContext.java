package com.acme;

/** Where the application keeps its tenant. */
final class TenantContext {

    static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    private TenantContext() {}
}
