package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.EventRegistration;
import io.corral.integration.support.TestCarriers;
import io.corral.integration.support.TestThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The ends of virtual threads: their events, and what callbacks may do on a carrier. */
final class VirtualExitScenarios {

    private VirtualExitScenarios() {}

    /** They sleep briefly and often. Each time another carrier continues them. */
    @Scenario({})
    static void exitEventsOfVirtualThreadsHaveTheirCpuTimeAcrossCarriers() throws Exception {
        Container a = Containers.at("/virtual-exit/sleepers");
        List<RecordedEvent> exits = new ArrayList<>();
        Path file = Files.createTempFile("exits", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("corral.VirtualThreadExit");
            recording.start();
            EventRegistration.await("corral.VirtualThreadExit");
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                threads.add(ThreadKind.VIRTUAL.unstarted(VirtualExitScenarios::sleepAndWork));
            }
            threads.forEach(a::start);
            for (Thread thread : threads) {
                thread.join();
            }
            recording.stop();
            recording.dump(file);
        }
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals("corral.VirtualThreadExit")
                    && event.getString("container").equals(a.path())) {
                exits.add(event);
            }
        }
        Files.delete(file);
        assertThat(exits).hasSize(100);
        long cpuNanos = 0;
        long bytes = 0;
        for (RecordedEvent exit : exits) {
            assertThat(exit.getDuration("cpuTime")).isPositive();
            assertThat(exit.getLong("allocated")).isGreaterThanOrEqualTo(100 * 1_000);
            cpuNanos += exit.getDuration("cpuTime").toNanos();
            bytes += exit.getLong("allocated");
        }
        assertThat(cpuNanos).isLessThanOrEqualTo(a.usage().cpuNanos());
        assertThat(bytes).isLessThanOrEqualTo(a.usage().allocatedBytes());
    }

    private static void sleepAndWork() {
        byte[] kept = null;
        for (int i = 0; i < 100; i++) {
            kept = new byte[1_000];
            CpuLoad.work();
            try {
                Thread.sleep(Duration.ofMillis(1).toMillis());
            } catch (InterruptedException interrupted) {
                return;
            }
        }
        assertThat(kept).isNotNull();
    }

    /**
     * A virtual thread that holds the readers' lock may wait for the carrier on which the callback
     * runs.
     */
    @Scenario({})
    static void exitCallbackReadsUsageWhileVirtualThreadsDo() throws Exception {
        Container a = Containers.at("/virtual-exit/read");
        CountDownLatch readings = new CountDownLatch(20_000);
        AtomicBoolean stop = new AtomicBoolean();
        Containers.register(new Subsystem() {
            @Override
            public void exit(Thread thread, Container container) {
                if (container == a && a.usage().exits() > 0) {
                    readings.countDown();
                }
            }
        });
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            readers.add(ThreadKind.VIRTUAL.start(() -> {
                while (!stop.get()) {
                    Containers.root().usage();
                    Thread.yield();
                }
            }));
        }
        for (int i = 0; i < 20_000; i++) {
            a.start(ThreadKind.VIRTUAL.unstarted(
                    () -> Containers.at("/virtual-exit").usage()));
        }
        assertThat(readings.await(2, TimeUnit.MINUTES)).isTrue();
        stop.set(true);
        for (Thread reader : readers) {
            reader.join(60_000);
            assertThat(reader.isAlive()).isFalse();
        }
    }

    /** An event loop that carries virtual threads between its own tasks. */
    @Scenario({})
    static void customCarrierIsChargedToItselfBetweenVirtualThreads() throws Exception {
        Container a = Containers.at("/virtual-exit/carried");
        Container own = Containers.at("/virtual-exit/loop");
        Container inner = Containers.at("/virtual-exit/inner");
        try (TestThread loop = TestThread.startIn(own, ThreadKind.PLATFORM)) {
            Thread thread = TestCarriers.virtual(run -> {}, () -> CpuLoad.millis(20));
            a.start(thread);
            loop.run(() -> {
                TestCarriers.run(thread).run();
                CpuLoad.millis(100);
                inner.run(() -> CpuLoad.millis(100));
            });
            thread.join();
        }
        assertThat(a.usage().cpuNanos()).isBetween(20_000_000L, 90_000_000L);
        assertThat(own.usage().cpuNanos()).isGreaterThanOrEqualTo(100_000_000);
        assertThat(inner.usage().cpuNanos()).isGreaterThanOrEqualTo(100_000_000);
    }
}
