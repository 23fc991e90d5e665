package io.corral.examples.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the units of work that each endpoint has done for each tenant. */
final class Units {

    private record Place(String tenant, String endpoint) {}

    /** Filled in the constructor and not modified after it. */
    private final Map<Place, LongAdder> done = new LinkedHashMap<>();

    Units() {
        for (String tenant : Shop.TENANTS) {
            for (String endpoint : Shop.ENDPOINTS) {
                done.put(new Place(tenant, endpoint), new LongAdder());
            }
            done.put(new Place(tenant, Shop.BUSY_PATH), new LongAdder());
            done.put(new Place(tenant, Shop.LOOP_PATH), new LongAdder());
        }
    }

    void add(String tenant, String endpoint, int units) {
        counter(tenant, endpoint).add(units);
    }

    long done(String tenant, String endpoint) {
        return counter(tenant, endpoint).sum();
    }

    private LongAdder counter(String tenant, String endpoint) {
        Place place = new Place(tenant, endpoint);
        return Objects.requireNonNull(done.get(place), place::toString);
    }
}
