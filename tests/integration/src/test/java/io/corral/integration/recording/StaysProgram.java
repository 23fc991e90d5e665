package io.corral.integration.recording;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.RecordingStart;
import io.corral.integration.harness.ThreadKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Prints for each thread the containers of its recorded stays, in order. */
final class StaysProgram {

    private static final String STAY = "corral.Residency";
    private static final String OPEN = "corral.OpenResidency";

    private StaysProgram() {}

    public static void main(String[] arguments) throws Exception {
        ThreadKind kind = ThreadKind.valueOf(arguments[0]);
        CountDownLatch end = new CountDownLatch(1);
        RecordingStart.awaitFollowing();
        Thread older = start("/older", new Thread(() -> await(end)));
        try (Recording recording = new Recording()) {
            recording.enable(STAY).withThreshold(Duration.ZERO);
            recording.enable(OPEN);
            recording.start();
            Thread still = start("/still", kind.unstarted(() -> {}));
            still.join();
            Thread moving = start("/moving", kind.unstarted(() -> {
                try (Scope scope = Containers.at("/scope").enter()) {
                    Thread.onSpinWait();
                }
            }));
            moving.join();
            Thread open = start("/open", kind.unstarted(() -> await(end)));
            Path file = Files.createTempFile("stays", ".jfr");
            recording.stop();
            recording.dump(file);
            end.countDown();
            open.join();
            older.join();
            print("still", still, file);
            print("moving", moving, file);
            print("open", open, file);
            print("older", older, file);
        }
    }

    private static Thread start(String container, Thread thread) {
        Containers.at(container).start(thread);
        return thread;
    }

    private static void print(String name, Thread thread, Path file) throws Exception {
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        long id = thread.getId();
        System.out.println(name + "="
                + events.stream()
                        .filter(event -> isStay(event, id))
                        .sorted((one, other) -> one.getEndTime().compareTo(other.getEndTime()))
                        .map(event -> event.getString("container"))
                        .toList());
    }

    private static boolean isStay(RecordedEvent event, long id) {
        String type = event.getEventType().getName();
        if (type.equals(OPEN)) {
            return event.getLong("javaThreadId") == id && event.getLong("stayed") > 0;
        }
        return type.equals(STAY) && event.getThread().getJavaThreadId() == id;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
