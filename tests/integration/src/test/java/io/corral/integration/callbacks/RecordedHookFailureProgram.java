package io.corral.integration.callbacks;

import io.corral.integration.support.EventRegistration;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** {@link HookFailureProgram} with a recording: prints its events of failed hooks as well. */
final class RecordedHookFailureProgram {

    private static final String EVENT = "corral.HookFailure";

    private RecordedHookFailureProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Files.createTempFile("corral-hook-failures", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(EVENT);
            recording.start();
            EventRegistration.await(EVENT);
            HookFailureProgram.main(arguments);
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
}
