package io.corral.it;

import io.corral.runtime.notice.Observer;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** {@link HookFailureMain} with a recording: prints its events of failed hooks as well. */
final class HookFailureEvents {

    private static final String EVENT = "corral.HookFailure";
    private static final long TIMEOUT_NANOS = 120_000_000_000L;

    private HookFailureEvents() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Files.createTempFile("corral-hook-failures", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(EVENT);
            recording.start();
            awaitEvents();
            HookFailureMain.main(arguments);
            recording.stop();
            recording.dump(file);
        }
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals(EVENT)) {
                System.out.println("event of " + event.getString("hook") + "="
                        + event.getLong("count") + " " + event.getString("message"));
            }
        }
        Files.delete(file);
    }

    /** The agent registers its events in the background, once the flight recorder starts. */
    private static void awaitEvents() throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (Observer.Current.observer == null
                || FlightRecorder.getFlightRecorder().getEventTypes().stream()
                        .noneMatch(type -> type.getName().equals(EVENT))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no event type " + EVENT);
            }
            Thread.sleep(1);
        }
    }
}
