package io.corral.integration.recording;

import com.sun.tools.attach.VirtualMachine;
import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.support.Waits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Runs in the forked JVM: runs the case that its first argument names, and prints which events are
 * recorded.
 */
final class RecorderProgram {

    static final String BLOCKING_NOTICE = "blocking-notice";
    static final String LATE_AGENT = "late-agent";

    private static final int MAX_SECONDS = 30;

    private static final Set<String> EXPECTED =
            Set.of("corral.ContainerUsage", "corral.ContainerTotal");

    private RecorderProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals(LATE_AGENT)) {
            FlightRecorder.addListener(new FlightRecorderListener() {});
            VirtualMachine self =
                    VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
            self.loadAgent(arguments[1]);
            self.detach();
        } else {
            BlockingNotice.give();
        }
        try (Recording recording = new Recording()) {
            recording.start();
            Set<String> names = new TreeSet<>();
            for (int i = 0; i < MAX_SECONDS && !names.containsAll(EXPECTED); i++) {
                Thread.sleep(1000);
                Path file = Files.createTempFile("corral", ".jfr");
                recording.dump(file);
                for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                    names.add(event.getEventType().getName());
                }
                Files.delete(file);
            }
            System.out.println("usage=" + names.contains("corral.ContainerUsage"));
            System.out.println("totals=" + names.contains("corral.ContainerTotal"));
        }
        System.exit(0);
    }

    /** A separate class, so that a JVM without the agent does not link to it. */
    private static final class BlockingNotice {

        static void give() throws InterruptedException {
            CountDownLatch given = new CountDownLatch(1);
            Container a = Containers.at("/recorder");
            a.onRelease(released -> {
                given.countDown();
                Waits.await(new CountDownLatch(1));
            });
            a.start(new Thread(() -> {}));
            if (!given.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no notice");
            }
        }
    }
}
