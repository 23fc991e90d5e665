package io.corral.examples.load;

import io.corral.examples.service.Shop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of the requests, which is the same in every run. In each round the second tenant sends
 * twice as many requests to each endpoint as the first, and the third three times as many.
 */
final class Plan {

    /** One request. */
    record Step(String tenant, String endpoint) {}

    private static final int ROUNDS = 250;
    private static final int REQUESTS_OF_FIRST_TENANT = 2;

    /**
     * Tenant {@code i}, counted from 0, sends {@code i + 1} times as many requests as the first.
     */
    private static final int ROUND_LENGTH = Shop.ENDPOINTS.size()
            * REQUESTS_OF_FIRST_TENANT
            * Shop.TENANTS.size()
            * (Shop.TENANTS.size() + 1)
            / 2;

    private final List<Step> steps = new ArrayList<>();

    Plan() {
        List<Step> round = new ArrayList<>();
        for (String endpoint : Shop.ENDPOINTS) {
            for (int tenant = 0; tenant < Shop.TENANTS.size(); tenant++) {
                Step step = new Step(Shop.TENANTS.get(tenant), endpoint);
                round.addAll(Collections.nCopies((tenant + 1) * REQUESTS_OF_FIRST_TENANT, step));
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            // Requests that run at the same time slow each other down, most of all requests to the
            // same endpoint. Shuffled rounds spread this evenly over the tenants.
            Collections.shuffle(round, random);
            steps.addAll(round);
        }
    }

    Step step(long number) {
        return steps.get((int) (number % steps.size()));
    }

    /** The first step of the round after that of {@code number}. */
    static long nextRound(long number) {
        return firstOfRound(number / ROUND_LENGTH + 1);
    }

    /** The number of rounds that have at least {@code requests} requests. */
    static long roundsOf(long requests) {
        return (requests + ROUND_LENGTH - 1) / ROUND_LENGTH;
    }

    /** The first step of a round. Rounds are counted from 0. */
    static long firstOfRound(long round) {
        return round * ROUND_LENGTH;
    }
}
