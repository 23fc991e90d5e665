package io.corral.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.examples.load.Plan.Step;
import io.corral.examples.service.Shop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private final Plan plan = new Plan();

    @Test
    void roundSendsTwoFourAndSixRequestsToEachEndpoint() {
        for (int round = 0; round < 3; round++) {
            List<Step> steps = new ArrayList<>();
            for (long i = Plan.firstOfRound(round); i < Plan.firstOfRound(round + 1); i++) {
                steps.add(plan.step(i));
            }
            for (String endpoint : Shop.ENDPOINTS) {
                for (int tenant = 0; tenant < Shop.TENANTS.size(); tenant++) {
                    Step step = new Step(Shop.TENANTS.get(tenant), endpoint);
                    assertThat(steps).filteredOn(step::equals).hasSize(2 * (tenant + 1));
                }
            }
        }
    }

    /** The help of the demo names this number. */
    @Test
    void roundHasFortyEightRequests() {
        assertThat(Plan.firstOfRound(1)).isEqualTo(48);
        assertThat(Plan.roundsOf(48)).isEqualTo(1);
        assertThat(Plan.roundsOf(49)).isEqualTo(2);
    }

    @Test
    void nextRoundBeginsAfterTheLastStepOfTheCurrentRound() {
        assertThat(Plan.nextRound(0)).isEqualTo(Plan.firstOfRound(1));
        assertThat(Plan.nextRound(Plan.firstOfRound(1) - 1)).isEqualTo(Plan.firstOfRound(1));
        assertThat(Plan.nextRound(Plan.firstOfRound(1))).isEqualTo(Plan.firstOfRound(2));
    }
}
