package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Two virtual threads that unpark each other and then park, on one carrier. JDK 21 and later. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class VirtualPark {

    private static final int TURNS = 10_000;

    private final Container a = Containers.at("/bench/park-a");
    private final Container b = Containers.at("/bench/park-b");

    /** One of the two. It parks until it is its turn. */
    private static final class Player implements Runnable {

        private final Turn mine;
        private final Turn others;

        Player(Turn mine, Turn others) {
            this.mine = mine;
            this.others = others;
        }

        @Override
        public void run() {
            mine.player = Thread.currentThread();
            for (int i = 0; i < TURNS; i++) {
                mine.await();
                others.give();
            }
        }
    }

    /** Given by one, awaited by the other, who may come later. */
    private static final class Turn {

        private volatile boolean isGiven;
        volatile @Nullable Thread player;

        void give() {
            isGiven = true;
            LockSupport.unpark(player);
        }

        void await() {
            while (!isGiven) {
                LockSupport.park(this);
            }
            isGiven = false;
        }
    }

    /** Two of one container. */
    @Benchmark
    @OperationsPerInvocation(2 * TURNS)
    public void sameMembership() throws InterruptedException {
        both(a, a);
    }

    /** Two of two containers: each mount is a switch. */
    @Benchmark
    @OperationsPerInvocation(2 * TURNS)
    public void alternating() throws InterruptedException {
        both(a, b);
    }

    private static void both(Container one, Container other) throws InterruptedException {
        Turn first = new Turn();
        Turn second = new Turn();
        first.give();
        Thread firstPlayer = VirtualThreads.start(one, new Player(first, second));
        Thread secondPlayer = VirtualThreads.start(other, new Player(second, first));
        firstPlayer.join();
        secondPlayer.join();
    }
}
