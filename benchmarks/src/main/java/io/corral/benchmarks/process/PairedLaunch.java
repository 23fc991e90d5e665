package io.corral.benchmarks.process;

import io.corral.benchmarks.Jdk;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Two JVMs that are measured at the same moment, each with its load on a CPU of its own: what slows the
 * machine slows both. They change CPUs from window to window.
 */
final class PairedLaunch implements AutoCloseable {

    private record Service(Setup setup, ServiceJvm jvm) {}

    private final Lanes lanes;
    private final ServiceEffort effort;
    private final Random random;
    private final AtOnce atOnce = new AtOnce();

    /** By lane; null where none has started yet. Each is written by whoever starts it. */
    private final AtomicReferenceArray<@Nullable Service> services =
            new AtomicReferenceArray<>(Lanes.COUNT);

    PairedLaunch(Lanes lanes, ServiceEffort effort, Random random) {
        this.lanes = lanes;
        this.effort = effort;
        this.random = random;
    }

    /** Which of them starts, and is warmed, in which lane is chance. */
    void start(Jdk jdk, Setup setup, Setup base, String classPath)
            throws IOException, InterruptedException {
        boolean swapped = random.nextBoolean();
        Setup first = swapped ? base : setup;
        Setup second = swapped ? setup : base;
        atOnce.call(() -> start(jdk, first, 0, classPath), () -> start(jdk, second, 1, classPath));
    }

    private Service start(Jdk jdk, Setup setup, int lane, String classPath)
            throws IOException, InterruptedException {
        Service started =
                new Service(setup, new ServiceJvm(lanes.cpu(lane).prefix(), jdk, setup, classPath));
        services.set(lane, started);
        return started;
    }

    void measure(Launches into) throws IOException, InterruptedException {
        warm(effort.warmRounds());
        for (int i = 0; i < effort.windows(); i++) {
            // Of two windows each has one in each lane.
            if (i % 2 == 1 || random.nextBoolean()) {
                changeLanes();
            }
            warm(1);
            List<Window> windows =
                    inLanes((service, load) -> service.measure(load, effort.windowRounds()));
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                into.add(in(lane).setup(), windows.get(lane));
            }
        }
    }

    private void warm(int rounds) throws IOException, InterruptedException {
        inLanes((service, load) -> {
            service.warm(load, rounds);
            return rounds;
        });
    }

    private void changeLanes() throws IOException, InterruptedException {
        Service first = in(0);
        services.set(0, in(1));
        services.set(1, first);
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            in(lane).jvm().moveTo(lanes.cpu(lane));
        }
    }

    private Service in(int lane) {
        return Objects.requireNonNull(services.get(lane), "started");
    }

    private interface Step<T> {
        T of(ServiceJvm service, LoadJvm load) throws IOException, InterruptedException;
    }

    private <T> List<T> inLanes(Step<T> step) throws IOException, InterruptedException {
        return atOnce.call(inLane(0, step), inLane(1, step));
    }

    private <T> Callable<T> inLane(int lane, Step<T> step) {
        return () -> step.of(in(lane).jvm(), lanes.load(lane));
    }

    /** Both, whatever the first says. */
    @Override
    public void close() throws IOException {
        atOnce.close();
        try {
            close(0);
        } finally {
            close(1);
        }
    }

    private void close(int lane) throws IOException {
        Service service = services.get(lane);
        if (service != null) {
            service.jvm().close();
        }
    }
}
