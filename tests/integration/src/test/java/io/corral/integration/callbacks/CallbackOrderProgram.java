package io.corral.integration.callbacks;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.Scope;
import io.corral.Subsystem;
import io.corral.integration.harness.ThreadKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Random histories of threads that fork, move one another, enter, leave, end, fail and are refused,
 * while a second subsystem is registered and unregistered. After each history the calls that two
 * models have recorded must be in order, and their counts must agree with Corral's.
 */
public final class CallbackOrderProgram {

    private static final int PLACES = 3;
    private static final int FIRST_THREADS = 3;
    private static final int MAX_THREADS = 12;
    private static final int STEPS = 8;

    /** A name that the second model of the two refuses. */
    private static final String REFUSED = "refused";

    private final Random seeds;
    private final List<Container> places = new ArrayList<>();
    private final CallbackModel first = new CallbackModel("first");

    private CallbackOrderProgram(long seed) {
        this.seeds = new Random(seed);
        for (int i = 0; i < PLACES; i++) {
            places.add(Containers.at("/order/" + i));
        }
    }

    /** @param arguments the number of histories, and the seed */
    public static void main(String[] arguments) throws Exception {
        CallbackOrderProgram program = new CallbackOrderProgram(Long.parseLong(arguments[1]));
        Containers.register(program.first);
        Containers.register(new Refusing());
        int histories = Integer.parseInt(arguments[0]);
        int done = 0;
        while (done < histories && program.first.violations().isEmpty()) {
            program.run();
            done++;
        }
        System.out.println("histories=" + done);
        System.out.println("violations=" + program.first.violations());
        System.exit(0);
    }

    /** Registered after the first model, so that a refusal cancels what that one was asked. */
    private static final class Refusing implements Subsystem {
        @Override
        public @Nullable Refusal canFork(Thread thread, Container container) {
            return thread.getName().equals(REFUSED) ? Refusal.because("its name") : null;
        }

        @Override
        public @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
            return thread.getName().endsWith("7") ? Refusal.because("its name") : null;
        }
    }

    private void run() throws InterruptedException {
        History history = new History(places, seeds.nextLong());
        CallbackModel second = new CallbackModel("second");
        history.begin();
        // Not in each history: a JVM has 65,000 registrations at most.
        if (seeds.nextBoolean()) {
            Containers.register(second);
        }
        history.join(1);
        if (seeds.nextBoolean()) {
            second.unregistered();
            Containers.unregister(second);
        }
        history.join(0);
        check(first);
        check(second);
        second.unregistered();
        Containers.unregister(second);
        first.forgetEnded();
    }

    private void check(CallbackModel model) {
        first.violations().addAll(model == first ? List.of() : model.violations());
        if (model == first) {
            if (model.pending() != 0) {
                first.violations().add(model.pending() + " threads were asked for and forgotten");
            }
            if (!model.drift().isEmpty()) {
                first.violations().add("drift " + model.drift());
            }
            for (Container place : places) {
                if (place.isPopulated()) {
                    first.violations().add(place + " is populated");
                }
            }
        }
    }

    /** The threads of one history. */
    private static final class History {

        private final List<Container> places;
        private final Random seeds;
        private final List<Thread> threads = new CopyOnWriteArrayList<>();
        private final List<ThreadKind> kinds = new ArrayList<>();

        History(List<Container> places, long seed) {
            this.places = places;
            this.seeds = new Random(seed);
            for (ThreadKind kind : ThreadKind.values()) {
                if (kind.isSupported()) {
                    kinds.add(kind);
                }
            }
        }

        void begin() {
            for (int i = 0; i < FIRST_THREADS; i++) {
                start(new Random(seeds.nextLong()));
            }
        }

        /** Waits for the ends of all but {@code rest} of the threads. */
        void join(int rest) throws InterruptedException {
            for (int i = 0; i < threads.size() - rest; i++) {
                threads.get(i).join();
            }
        }

        private void start(Random random) {
            if (threads.size() >= MAX_THREADS) {
                return;
            }
            long seed = random.nextLong();
            Thread thread = kinds.get(random.nextInt(kinds.size()))
                    .unstarted(() -> runSteps(new Random(seed)));
            thread.setName(random.nextInt(8) == 0 ? REFUSED : "order-" + random.nextInt(30));
            thread.setUncaughtExceptionHandler((failed, failure) -> {});
            try {
                if (random.nextBoolean()) {
                    place(random).start(thread);
                } else {
                    place(random).run(thread::start);
                }
                threads.add(thread);
            } catch (ForkRefusedException refused) {
                // It was not started.
            }
        }

        private Container place(Random random) {
            return places.get(random.nextInt(places.size()));
        }

        private void runSteps(Random random) {
            Deque<Scope> open = new ArrayDeque<>();
            for (int i = random.nextInt(STEPS); i > 0; i--) {
                switch (random.nextInt(6)) {
                    case 0 -> start(random);
                    case 1 -> open.push(place(random).enter());
                    case 2 -> {
                        if (!open.isEmpty()) {
                            open.pop().close();
                        }
                    }
                    case 3 -> Thread.yield();
                    default -> move(random);
                }
            }
            if (random.nextInt(6) == 0) {
                throw new IllegalStateException("fails");
            }
            while (!open.isEmpty() && random.nextInt(4) > 0) {
                open.pop().close();
            }
        }

        private void move(Random random) {
            try {
                int count = threads.size();
                if (random.nextInt(5) == 0) {
                    place(random).attachAll(place(random));
                } else if (count > 0) {
                    place(random).attach(threads.get(random.nextInt(count)));
                }
            } catch (IllegalArgumentException | IllegalStateException endedOrRefused) {
                return;
            }
        }
    }
}
