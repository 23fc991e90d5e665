package io.corral.integration.recording;

import io.corral.Container;
import io.corral.Containers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Records many quiet containers and a busy one, and reads the file. */
final class QuietContainersProgram {

    private static final int QUIET = 500;

    private QuietContainersProgram() {}

    public static void main(String... arguments) throws Exception {
        Container quiet = Containers.at("/quiet");
        Container busy = Containers.at("/busy");
        for (int i = 0; i < QUIET; i++) {
            quiet.at("c" + i).run(() -> {});
        }
        CountDownLatch end = new CountDownLatch(1);
        Thread waiting = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException ends) {
                        Thread.currentThread().interrupt();
                    }
                },
                "waiting");
        quiet.start(waiting);
        List<RecordedEvent> events = record(busy);
        end.countDown();
        waiting.join();

        events.sort(Comparator.comparing(RecordedEvent::getStartTime));
        Map<String, RecordedEvent> last = new HashMap<>();
        int usages = 0;
        int busyUsages = 0;
        int members = 0;
        for (RecordedEvent event : events) {
            switch (event.getEventType().getName()) {
                case "corral.ContainerTotal" -> last.put(event.getString("container"), event);
                case "corral.ContainerUsage" -> {
                    usages++;
                    busyUsages += event.getString("container").equals("/busy") ? 1 : 0;
                }
                case "corral.ThreadMember" -> {
                    if (event.getString("threadName").equals("waiting")) {
                        members += event.getString("container").equals("/quiet") ? 1 : 100;
                    }
                }
                default -> {}
            }
        }
        int quietTotals = 0;
        for (int i = 0; i < QUIET; i++) {
            quietTotals += last.containsKey("/quiet/c" + i) ? 1 : 0;
        }
        System.out.println("quietTotals=" + quietTotals);
        System.out.println(
                "busyIsRight=" + (last.get("/busy").getLong("totalCpuTime") >= busyNanos));
        System.out.println("usages=" + usages);
        System.out.println("busyUsages=" + busyUsages);
        System.out.println("members=" + members);
    }

    private static long busyNanos;

    /** Records until there were some periods, in each of which the container was busy. */
    private static List<RecordedEvent> record(Container busy) throws Exception {
        Path file = Files.createTempFile("chunks", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("corral.ContainerUsage").withPeriod(Duration.ofMillis(200));
            recording.enable("corral.ContainerTotal");
            recording.enable("corral.ThreadMember");
            recording.setToDisk(true);
            recording.start();
            CountDownLatch periods = new CountDownLatch(3);
            try (EventStream events = EventStream.openRepository()) {
                events.onEvent("corral.ContainerUsage", event -> {
                    if (event.getString("container").equals("/busy")) {
                        periods.countDown();
                    }
                });
                events.startAsync();
                while (periods.getCount() > 0) {
                    busy.run(() -> {});
                    Thread.onSpinWait();
                }
            }
            busyNanos = busy.usage().cpuNanos();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = new ArrayList<>();
        try (RecordingFile read = new RecordingFile(file)) {
            while (read.hasMoreEvents()) {
                events.add(read.readEvent());
            }
        }
        Files.delete(file);
        return events;
    }
}
