package io.corral.examples.service;

import java.util.List;

/** The tenants and endpoints, which the service and the load generator know. */
public final class Shop {

    /** Requests of other tenants are refused. */
    public static final List<String> TENANTS = List.of("acme", "globex", "initech");

    /** The paths of the endpoints that do work for tenants. */
    public static final List<String> ENDPOINTS = List.of("/orders", "/digest", "/report", "/query");

    /** An endpoint of some 10 ms of CPU time, with which the noisy demo floods the service. */
    public static final String BUSY_PATH = "/busy";

    /** An endpoint of some 300 ms of CPU time, during which its thread never yields or waits. */
    public static final String LOOP_PATH = "/loop";

    /** The header that names the tenant a request is for. */
    public static final String TENANT_HEADER = "X-Tenant";

    /** Answers a {@link UsageReading}. It works for no tenant. */
    public static final String USAGE_PATH = "/corral/usage";

    private Shop() {}
}
