package io.corral.examples.load;

import io.corral.examples.service.Shop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of the requests, the same in every run. In each round the first tenant asks each endpoint
 * so many times, the second twice, the third three times as often.
 */
final class Plan {

    /** One request to come. */
    record Step(String tenant, String endpoint) {}

    private static final int ROUNDS = 250;
    private static final int REQUESTS_OF_FIRST_TENANT = 2;

    /** Of one round: that of tenant {@code i}, from 0, is {@code i + 1} times the first one's. */
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
            // Requests in flight together are in each other's way, those of one endpoint most of
            // all: in the long run each tenant's must have met all others equally often.
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

    /** How many rounds have at least so many requests. */
    static long roundsOf(long requests) {
        return (requests + ROUND_LENGTH - 1) / ROUND_LENGTH;
    }

    /** The first step of a round, of which the first is 0. */
    static long firstOfRound(long round) {
        return round * ROUND_LENGTH;
    }
}
