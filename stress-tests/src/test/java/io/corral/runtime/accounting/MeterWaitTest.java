package io.corral.runtime.accounting;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * An owner and one outsider, so that each wait is one for the other: there must be none, wherever the
 * other was stopped, but a reader's that is patient, and this one is not. (Outsiders may wait for each
 * other.) Results are the business of {@link MeterModelTest}.
 */
public class MeterWaitTest {

    private final Payer home = new Payer();
    private final Payer other = new Payer();
    private final Payer scope = new Payer();
    private final Place place = new Place(home, null);
    private final HandMovedMeter meter = new HandMovedMeter(ClockPolicy.EXACT, home);

    public MeterWaitTest() {
        meter.hasNoPatience();
    }

    @Test
    void nobodyWaitsForTheOwnerAndTheOwnerForNobody() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(0)
                .iterations(60)
                .invocationsPerIteration(1_000)
                .checkObstructionFreedom(true)
                .verifier(EpsilonVerifier.class)
                .check(MeterWaitTest.class);
    }

    @Operation(nonParallelGroup = "owner")
    public void workInAScope() {
        place.enter(scope);
        meter.changeTo(place);
        meter.work(7, 7);
    }

    @Operation(nonParallelGroup = "owner")
    public void workAtHome() {
        place.enter(null);
        meter.changeTo(place);
        meter.work(7, 7);
    }

    @Operation(nonParallelGroup = "owner")
    public void settleOwn() {
        meter.settleOwn();
    }

    @Operation(nonParallelGroup = "outsider")
    public void attach() {
        place.home = place.home == home ? other : home;
        meter.moveTo(place);
    }

    @Operation(nonParallelGroup = "outsider")
    public void settle() {
        meter.settle();
    }
}
