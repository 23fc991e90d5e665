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
 * Two services, each with its load on a CPU of its own, its lane: what slows the machine slows both. They
 * change lanes.
 */
final class ServicePair implements AutoCloseable {

    private record Service(Setup setup, ServiceJvm jvm) {}

    private final Lanes lanes;
    private final Random random;
    private final AtOnce atOnce = new AtOnce();

    /** By lane; null where none has started yet. Each is written by whoever starts it. */
    private final AtomicReferenceArray<@Nullable Service> services =
            new AtomicReferenceArray<>(Lanes.COUNT);

    ServicePair(Lanes lanes, Random random) {
        this.lanes = lanes;
        this.random = random;
    }

    /** Which of them starts, and is warmed, in which lane is chance. */
    void start(Jdk jdk, Setup one, Setup other, String classPath)
            throws IOException, InterruptedException {
        boolean swapped = random.nextBoolean();
        Setup first = swapped ? other : one;
        Setup second = swapped ? one : other;
        atOnce.call(() -> start(jdk, first, 0, classPath), () -> start(jdk, second, 1, classPath));
    }

    private Service start(Jdk jdk, Setup setup, int lane, String classPath)
            throws IOException, InterruptedException {
        Service started =
                new Service(setup, new ServiceJvm(lanes.cpu(lane).prefix(), jdk, setup, classPath));
        services.set(lane, started);
        return started;
    }

    Setup setupIn(int lane) {
        return in(lane).setup();
    }

    ServiceJvm jvmIn(int lane) {
        return in(lane).jvm();
    }

    /** Both at once. */
    void warm(int rounds) throws IOException, InterruptedException {
        inLanes((service, load) -> {
            service.warm(load, rounds);
            return rounds;
        });
    }

    /**
     * Both at once, behind a round that warms them.
     *
     * @return by lane
     */
    List<Window> measure(int rounds) throws IOException, InterruptedException {
        warm(1);
        return inLanes((service, load) -> service.measure(load, rounds));
    }

    /** @param window counted from 0: of two that follow each other each service has one in each lane */
    void changeLanesFor(int window) throws IOException, InterruptedException {
        if (window % 2 == 1 || random.nextBoolean()) {
            changeLanes();
        }
    }

    private void changeLanes() throws IOException, InterruptedException {
        Service first = in(0);
        services.set(0, in(1));
        services.set(1, first);
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            jvmIn(lane).moveTo(lanes.cpu(lane));
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
        return () -> step.of(jvmIn(lane), lanes.load(lane));
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
