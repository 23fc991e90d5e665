package io.corral.integration.recording;

import io.corral.Container;
import io.corral.Containers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Records quiet containers and a busy one until JFR has begun new chunks, and reads the file. */
final class RotatedChunksProgram {

    private static final int QUIET = 100;
    private static final int CHUNKS = 4;
    private static final int FILLED_AT_ONCE = 200;
    private static final int BYTES = 700;

    private RotatedChunksProgram() {}

    /** Fills chunks. */
    @Name("it.Filler")
    static final class Filler extends Event {
        String text = "";
    }

    public static void main(String... arguments) throws Exception {
        for (int i = 0; i < QUIET; i++) {
            Containers.at("/quiet/c" + i).run(() -> {});
        }
        Container busy = Containers.at("/busy");
        Path file = Files.createTempFile("chunks", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("corral.ContainerTotal");
            recording.enable(Filler.class);
            recording.setToDisk(true);
            recording.start();
            // Noise, since JFR stores equal texts once.
            Random noise = new Random(0);
            while (chunks() < CHUNKS) {
                busy.run(() -> fill(noise));
            }
            recording.stop();
            recording.dump(file);
        }
        Map<String, Long> totals = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("corral.ContainerTotal"))
                .map(event -> event.getString("container"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Files.delete(file);
        long most = 0;
        for (int i = 0; i < QUIET; i++) {
            most = Math.max(most, totals.getOrDefault("/quiet/c" + i, 0L));
        }
        System.out.println("mostTotalsOfQuiet=" + most);
        System.out.println("totalsOfBusy=" + totals.get("/busy"));
    }

    private static long chunks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("jdk.jfr.repository")))) {
            return files.filter(file -> file.toString().endsWith(".jfr")).count();
        }
    }

    private static void fill(Random noise) {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < FILLED_AT_ONCE; i++) {
            noise.nextBytes(bytes);
            Filler filler = new Filler();
            filler.text = Base64.getEncoder().encodeToString(bytes);
            filler.commit();
        }
    }
}
