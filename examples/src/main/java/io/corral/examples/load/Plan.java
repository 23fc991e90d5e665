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

    private final List<Step> steps = new ArrayList<>();
    private final int roundLength;

    Plan() {
        List<Step> round = new ArrayList<>();
        for (String endpoint : Shop.ENDPOINTS) {
            for (int tenant = 0; tenant < Shop.TENANTS.size(); tenant++) {
                Step step = new Step(Shop.TENANTS.get(tenant), endpoint);
                round.addAll(Collections.nCopies((tenant + 1) * REQUESTS_OF_FIRST_TENANT, step));
            }
        }
        roundLength = round.size();
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
    long nextRound(long number) {
        return (number / roundLength + 1) * roundLength;
    }
}
