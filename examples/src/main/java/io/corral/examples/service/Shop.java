package io.corral.examples.service;

import java.util.List;

/** Whom the service serves, and where: known to the service and to the load generator. */
public final class Shop {

    /** A request of anybody else is refused. */
    public static final List<String> TENANTS = List.of("acme", "globex", "initech");

    /** The paths of the endpoints that work for tenants. */
    public static final List<String> ENDPOINTS = List.of("/orders", "/digest", "/report", "/query");

    /** The header that names the tenant a request is for. */
    public static final String TENANT_HEADER = "X-Tenant";

    /** Answers a {@link UsageReading}. It works for no tenant. */
    public static final String USAGE_PATH = "/corral/usage";

    /** A parameter of {@link #USAGE_PATH}: names of further hierarchies, separated by commas. */
    public static final String HIERARCHIES = "hierarchies";

    private Shop() {}
}
