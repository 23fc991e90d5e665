package io.corral.runtime.accounting;

import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * The state in which a test begins: a thread has worked for three accounts, one after another, and
 * works for the third. Under the policy adaptive its stay with the second is not charged yet. Each
 * test runs under either policy, chosen at random; its result names the policy.
 */
abstract class MeterScene {

    /** Used for each of the accounts before the actors begin: CPU nanoseconds, and bytes. */
    static final long EACH = 10;

    final ClockPolicy policy =
            ThreadLocalRandom.current().nextBoolean() ? ClockPolicy.ADAPTIVE : ClockPolicy.EXACT;
    final TestAccount first = new TestAccount();
    final TestAccount second = new TestAccount();
    final TestAccount third = new TestAccount();

    /** Entered by an actor. */
    final TestAccount fourth = new TestAccount();

    /** The thread never works for it. */
    final TestAccount unused = new TestAccount();

    final TestAccountSource source = new TestAccountSource(first);
    final ManualMeter meter = new ManualMeter(policy, first);

    MeterScene() {
        forgetEarlierScenes();
        if (policy == ClockPolicy.ADAPTIVE) {
            meter.skipReadings();
            first.sample();
            second.sample();
            third.sample();
            fourth.sample();
        }
        meter.work(EACH, EACH);
        enter(second);
        meter.work(EACH, EACH);
        enter(third);
        meter.work(EACH, EACH);
    }

    /** No reading takes the accounts that were charged. They would fill the heap. */
    private static void forgetEarlierScenes() {
        Account at = ChangedAccounts.take();
        while (!ChangedAccounts.isEnd(at)) {
            at = ChangedAccounts.remove(at);
        }
    }

    /** Owner. */
    final void enter(TestAccount account) {
        source.enter(account);
        meter.switchTo(source);
    }

    /** Owner. */
    final void leave() {
        source.enter(null);
        meter.switchTo(source);
    }

    /** Mover. */
    final void attach(TestAccount account) {
        source.home = account;
        meter.moveTo(source);
    }

    /** Owner: works at home, where it had worked first. */
    final void workAtHome() {
        leave();
        meter.work(EACH, EACH);
    }

    /**
     * Closes the meter. Reports the policy, whether the thread has worked for {@code expected} in
     * the end, and what was charged.
     */
    final void close(TestAccount expected, LLLL_Result result) {
        result.r2 = meter.account() == expected;
        meter.close();
        result.r1 = policy;
        result.r3 = cpuSplit();
        result.r4 = allocatedSplit();
    }

    /** Closes the meter. Reports the policy and what was charged. */
    final void close(LLL_Result result) {
        meter.close();
        result.r1 = policy;
        result.r2 = cpuSplit();
        result.r3 = allocatedSplit();
    }

    final long cpuNanos() {
        return first.cpuNanos()
                + second.cpuNanos()
                + third.cpuNanos()
                + fourth.cpuNanos()
                + unused.cpuNanos();
    }

    /** The CPU time of each account if that is exact, and else the sum. */
    final String cpuSplit() {
        return policy == ClockPolicy.EXACT
                ? first.cpuNanos() + "+" + second.cpuNanos() + "+" + third.cpuNanos() + "+"
                        + fourth.cpuNanos() + "+" + unused.cpuNanos()
                : "sum " + cpuNanos() + ", unused " + unused.cpuNanos();
    }

    /** The bytes of each account. They are exact under both policies, unless a mover moves it. */
    final String allocatedSplit() {
        return first.allocatedBytes() + "+" + second.allocatedBytes() + "+"
                + third.allocatedBytes() + "+" + fourth.allocatedBytes() + "+"
                + unused.allocatedBytes();
    }
}
