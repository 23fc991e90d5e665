package io.corral.runtime.accounting;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Test;

/**
 * An owner, a mover and readers of one meter, three threads at once, in the interleavings that a model
 * checker chooses between any two accesses to memory; afterwards the guarantees must hold. It takes
 * memory to be sequentially consistent, which jcstress does not.
 *
 * <p>There is no sequential specification: a meter is not linearizable, and need not be. A reader reads
 * the clock before it publishes, and the owner goes on meanwhile. So the results of single operations say nothing,
 * and what is held against the clocks is what a reader sums, and the end. The policy is exact: under the other,
 * chance and the time on the wall decide.
 *
 * <p>Seen to fail with a {@code Meter} that charges bytes by what a mover announced that lost, and with one whose
 * reader does not await charges.
 */
public class MeterModelTest {

    private static final int SCENARIOS = 60;
    private static final int INTERLEAVINGS = 1_000;

    private final Payer home = new Payer();
    private final Payer other = new Payer();
    private final Payer scope = new Payer();
    private final Place place = new Place(home, null);
    private final HandMovedMeter meter = new HandMovedMeter(ClockPolicy.EXACT, home);

    /** The owner's. */
    private long usedInScope;

    private boolean closed;

    /** A reader's; what an operation throws is a result to the model checker. */
    private volatile boolean missed;

    @Test
    void guaranteesHoldInEachInterleaving() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(0)
                .iterations(SCENARIOS)
                .invocationsPerIteration(INTERLEAVINGS)
                .verifier(EpsilonVerifier.class)
                .check(MeterModelTest.class);
    }

    @Operation(nonParallelGroup = "owner")
    public void work() {
        if (!closed) {
            meter.work(7, 7);
            if (place.entered() == scope) {
                usedInScope += 7;
            }
        }
    }

    @Operation(nonParallelGroup = "owner")
    public void enter() {
        place.enter(scope);
        meter.changeTo(place);
    }

    /** Where it may work already. */
    @Operation(nonParallelGroup = "owner")
    public void enterFirstHome() {
        place.enter(home);
        meter.changeTo(place);
    }

    @Operation(nonParallelGroup = "owner")
    public void leave() {
        place.enter(null);
        meter.changeTo(place);
    }

    @Operation(nonParallelGroup = "owner")
    public void close() {
        closed = true;
        meter.close();
    }

    @Operation(nonParallelGroup = "mover")
    public void attach() {
        place.home = place.home == home ? other : home;
        meter.moveTo(place);
    }

    @Operation
    public void settle() {
        long used = meter.cpuNanos();
        meter.settle();
        if (home.cpuNanos() + other.cpuNanos() + scope.cpuNanos() < used) {
            missed = true;
        }
    }

    @Validate
    public void end() {
        hold("a reader missed what was used before", false, missed);
        hold("is closed", closed, meter.account() == null);
        if (!closed) {
            hold("works where the place says", place.account(), meter.account());
        }
        meter.settleOwn();
        hold("CPU time", meter.cpuNanos(), home.cpuNanos() + other.cpuNanos() + scope.cpuNanos());
        hold(
                "bytes",
                meter.allocatedBytes(),
                home.allocatedBytes() + other.allocatedBytes() + scope.allocatedBytes());
        // Nobody moves a thread out of a scope: what it used there is exact, the bytes too.
        hold("CPU time in the scope", usedInScope, scope.cpuNanos());
        hold("bytes in the scope", usedInScope, scope.allocatedBytes());
    }

    private static void hold(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException(what + ": " + actual + " instead of " + expected);
        }
    }
}
