package io.corral.integration.lateagent;

import io.corral.Containers;
import io.corral.integration.harness.ThreadKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ConcurrentModificationException;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands from its standard input and answers each. Uses the API and the flight recorder only
 * for the commands that need them.
 */
final class AttachTarget {

    private AttachTarget() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "place" -> System.out.println("place=" + Api.placeOf(words[1]));
                case "events" -> events();
                case "tasks" -> Tasks.run();
                case "end" -> System.exit(0);
                default -> throw new IllegalArgumentException(line);
            }
            System.out.println("done");
        }
    }

    private static void events() throws IOException {
        Path file = Files.createTempFile("attach", ".jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            // One of Corral's threads sets it, perhaps only now.
            String period = null;
            while (period == null) {
                period = period(recording);
                Thread.onSpinWait();
            }
            System.out.println("period=" + period);
            recording.stop();
            recording.dump(file);
            long totals = RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals("corral.ContainerTotal"))
                    .count();
            System.out.println("totals=" + (totals > 0));
        } finally {
            Files.delete(file);
        }
    }

    private static @Nullable String period(Recording recording) {
        try {
            return recording.getSettings().get("corral.ContainerUsage#period");
        } catch (ConcurrentModificationException beingSet) {
            // The JDK copies the settings without a lock.
            return null;
        }
    }

    /** A separate class, so that these classes are not loaded before the agent. */
    private static final class Tasks {

        static void run() throws InterruptedException {
            CountDownLatch ran = new CountDownLatch(2);
            ExecutorService pool = Executors.newFixedThreadPool(1);
            Timer timer = new Timer(true);
            Containers.at("/submitter").run(() -> {
                pool.execute(() -> print("pool", ran));
                timer.schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                print("timer", ran);
                            }
                        },
                        1);
            });
            ran.await();
            pool.shutdown();
        }

        private static void print(String key, CountDownLatch said) {
            System.out.println(key + "=" + Containers.current().path());
            said.countDown();
        }
    }

    /** A separate class, so that the API is not loaded before it is used. */
    private static final class Api {

        static String placeOf(String name) {
            String[] place = new String[1];
            Thread thread = ThreadKind.PLATFORM.unstarted(
                    () -> place[0] = Containers.current().path());
            thread.setName(name);
            thread.start();
            ThreadKind.join(thread);
            return place[0];
        }
    }
}
