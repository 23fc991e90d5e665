package io.corral.integration.usage;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.integration.harness.ThreadKind;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs in the forked JVM: all operations on containers at the same time, and four readers. Ends
 * when everything has happened often enough, and the seconds given have passed.
 */
final class ConcurrentOperationsProgram {

    private static final Container FIRE = Containers.at("/fire");
    private static final Hierarchy ENDPOINT = Containers.hierarchy("endpoint");
    private static final List<Container> PLACES = places(FIRE, 5);
    private static final List<Container> ENDPOINTS = places(ENDPOINT.root(), 3);

    private static final MonotonyCheck FLOORS = new MonotonyCheck();
    private static final LongAdder SWITCHES = new LongAdder();
    private static final LongAdder ATTACHES = new LongAdder();
    private static final LongAdder FORKS = new LongAdder();
    private static final LongAdder REMOVALS = new LongAdder();

    /** Containers that were removed lately, whose usage must not fall either. */
    private static final Deque<Container> REMOVED = new ConcurrentLinkedDeque<>();

    /** The threads that switch and that the attacher moves. */
    private static final List<Thread> SWITCHERS = new ArrayList<>();

    /** How often each operation must have run before the end. */
    private static final long READINGS = 20_000;

    private static final long SWITCHES_AT_LEAST = 20_000;
    private static final long ATTACHES_AT_LEAST = 2_000;
    private static final long FORKS_AT_LEAST = 400;
    private static final long REMOVALS_AT_LEAST = 200;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static volatile boolean stopped;
    private static volatile Object sink = "";

    private ConcurrentOperationsProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        for (ThreadKind kind : ThreadKind.values()) {
            if (kind.isSupported()) {
                SWITCHERS.add(
                        kind.unstarted(untilStopped(ConcurrentOperationsProgram::switchAbout)));
                SWITCHERS.add(
                        kind.unstarted(untilStopped(ConcurrentOperationsProgram::switchAbout)));
            }
        }
        List<Thread> all = new ArrayList<>(SWITCHERS);
        for (Runnable actor : List.<Runnable>of(
                ConcurrentOperationsProgram::attach,
                ConcurrentOperationsProgram::fork,
                ConcurrentOperationsProgram::removeWhatAScopeIsOpenIn,
                ConcurrentOperationsProgram::readUsage,
                ConcurrentOperationsProgram::readOwnUsage,
                ConcurrentOperationsProgram::readAll,
                ConcurrentOperationsProgram::readOfTwo)) {
            all.add(ThreadKind.PLATFORM.unstarted(untilStopped(actor)));
        }
        all.forEach(Thread::start);
        long begin = System.nanoTime();
        long leastNanos = TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[0]));
        while (System.nanoTime() - begin < leastNanos || !hasAllHappenedOften()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        stopped = true;
        all.forEach(ThreadKind::join);

        System.out.println("readings=" + FLOORS.readings());
        System.out.println("falls=" + FLOORS.falls());
        System.out.println("switches=" + SWITCHES);
        System.out.println("attaches=" + ATTACHES);
        System.out.println("forks=" + FORKS);
        System.out.println("removals=" + REMOVALS);
        System.out.println("collections=" + collections());
    }

    private static boolean hasAllHappenedOften() {
        return FLOORS.readings() >= READINGS
                && SWITCHES.sum() >= SWITCHES_AT_LEAST
                && ATTACHES.sum() >= ATTACHES_AT_LEAST
                && FORKS.sum() >= FORKS_AT_LEAST
                && REMOVALS.sum() >= REMOVALS_AT_LEAST
                && collections() > 0;
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(collector -> collector.getCollectionCount())
                .sum();
    }

    private static List<Container> places(Container parent, int count) {
        List<Container> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(parent.create("place-" + i));
        }
        return places;
    }

    private static Runnable untilStopped(Runnable step) {
        return () -> {
            while (!stopped) {
                step.run();
            }
        };
    }

    private static void switchAbout() {
        try (Scope scope = any(PLACES).enter()) {
            use();
            try (Scope inner = any(ENDPOINTS).enter()) {
                use();
            }
            letOthers();
            use();
        }
        SWITCHES.add(4);
    }

    private static void attach() {
        try {
            any(ThreadLocalRandom.current().nextInt(4) == 0 ? ENDPOINTS : PLACES)
                    .attach(any(SWITCHERS));
            ATTACHES.increment();
        } catch (IllegalArgumentException ended) {
            // Each thread ends when the time is over.
        }
        letOthers();
    }

    private static void fork() {
        List<Thread> children = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.values()) {
            if (kind.isSupported()) {
                Thread child = kind.unstarted(ConcurrentOperationsProgram::use);
                any(PLACES).start(child);
                children.add(child);
            }
        }
        children.forEach(ThreadKind::join);
        FORKS.add(children.size());
    }

    /** A thread inside a removed container goes on charging it until it leaves. */
    private static void removeWhatAScopeIsOpenIn() {
        Container temporary = any(PLACES).create("temporary-" + REMOVALS.sum());
        try (Scope scope = temporary.enter()) {
            ThreadKind.PLATFORM.run(ConcurrentOperationsProgram::use);
            use();
            temporary.remove();
            REMOVALS.increment();
            REMOVED.add(temporary);
            use();
            if (REMOVED.size() > 10) {
                REMOVED.remove();
            }
            letOthers();
            use();
        }
    }

    /** Parks: virtual threads that only yield may keep their carriers from all others. */
    private static void letOthers() {
        LockSupport.parkNanos(10_000);
    }

    private static void use() {
        int times = ThreadLocalRandom.current().nextInt(200);
        for (int i = 0; i < times; i++) {
            sink = new int[] {sink.hashCode()};
        }
    }

    private static void readUsage() {
        Container container = any(PLACES);
        FLOORS.check(container, container::usage);
        FLOORS.check(FIRE, FIRE::usage);
        FLOORS.check(Containers.root(), Containers.root()::usage);
        REMOVED.forEach(removed -> FLOORS.check(removed, removed::usage));
    }

    private static void readOwnUsage() {
        Container container = any(PLACES);
        FLOORS.check(List.of("own", container), container::ownUsage);
        FLOORS.check(List.of("own", ENDPOINT.root()), ENDPOINT.root()::ownUsage);
    }

    private static void readAll() {
        FLOORS.checkAll(() -> FIRE.hierarchy().usages());
        FLOORS.checkAll(ENDPOINT::usages);
        FLOORS.checkAll(() -> Containers.snapshot(Duration.ZERO).usages(ENDPOINT));
    }

    private static void readOfTwo() {
        Container one = any(PLACES);
        Container other = any(ENDPOINTS);
        FLOORS.check(List.of(one, other), () -> Containers.usage(one, other));
        FLOORS.check(List.of(FIRE, other), () -> Containers.usage(FIRE, other));
    }

    private static <T> T any(List<T> list) {
        return list.get(ThreadLocalRandom.current().nextInt(list.size()));
    }
}
