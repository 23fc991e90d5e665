package io.corral.runtime.accounting;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * A model checker stops one of two threads anywhere, and the other must still finish: an owner and
 * an outsider never wait for each other. (Outsiders wait for one another, so there is one. A reader
 * waits for charges for a limited time; here that time is zero.) {@link MeterModelTest} checks the
 * results.
 */
public class MeterProgressTest {

    private final TestAccount home = new TestAccount();
    private final TestAccount other = new TestAccount();
    private final TestAccount scope = new TestAccount();
    private final TestAccountSource source = new TestAccountSource(home);
    private final ManualMeter meter = new ManualMeter(ClockPolicy.EXACT, home);

    public MeterProgressTest() {
        meter.disableWaits();
    }

    @Test
    void ownerAndOutsiderFinishWhereverTheOtherStops() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(0)
                .iterations(60)
                .invocationsPerIteration(1_000)
                .checkObstructionFreedom(true)
                .verifier(EpsilonVerifier.class)
                .check(MeterProgressTest.class);
    }

    @Operation(nonParallelGroup = "owner")
    public void workInAScope() {
        source.enter(scope);
        meter.switchTo(source);
        meter.work(7, 7);
    }

    @Operation(nonParallelGroup = "owner")
    public void workAtHome() {
        source.enter(null);
        meter.switchTo(source);
        meter.work(7, 7);
    }

    @Operation(nonParallelGroup = "owner")
    public void settleOwn() {
        meter.settleOwn();
    }

    @Operation(nonParallelGroup = "outsider")
    public void attach() {
        source.home = source.home == home ? other : home;
        meter.moveTo(source);
    }

    @Operation(nonParallelGroup = "outsider")
    public void settle() {
        meter.settle(meter.cpuNanos());
    }
}
