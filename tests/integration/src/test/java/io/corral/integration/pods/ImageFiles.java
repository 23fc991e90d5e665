package io.corral.integration.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.LinkedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the images: of the agent's, as its {@code Dockerfile} says, and of a service's. */
final class ImageFiles {

    static final Path DOCKERFILE = Path.of("../../distribution/image/Dockerfile");

    /** What the other image of the {@code Dockerfile} has, from a package of Debian. */
    static final Path BUSYBOX = Path.of("/bin/busybox");

    private static final Pattern COPY = Pattern.compile("(?m)^COPY(.*) (\\S+) (\\S+)$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^CMD \\[(.*)]$");
    private static final Pattern LIBRARY = Pattern.compile("(?m)^\\s(?:\\S+ => )?(/\\S+) \\(0x");

    private ImageFiles() {}

    /** Does what the {@code Dockerfile} says. */
    static Path ofTheAgent(Path root) throws IOException {
        Matcher copy = COPY.matcher(Files.readString(DOCKERFILE));
        while (copy.find()) {
            Path to = root.resolve(copy.group(3).substring(1));
            Files.createDirectories(to.getParent());
            boolean isFromBusybox = copy.group(1).contains("--from=busybox");
            assertThat(copy.group(2))
                    .isEqualTo(isFromBusybox ? "/bin/busybox" : "corral-agent.jar");
            Files.copy(isFromBusybox ? BUSYBOX : Path.of(ForkedJvm.agentJar()), to);
        }
        return root;
    }

    static List<String> commandOfTheAgent() throws IOException {
        Matcher command = COMMAND.matcher(Files.readString(DOCKERFILE));
        assertThat(command.find()).isTrue();
        return Stream.of(command.group(1).split(", ", -1))
                .map(word -> word.replace("\"", ""))
                .toList();
    }

    /** A linked Java, the libraries that it needs, and the classes of the service. No shell. */
    static Path ofTheService(Path root, Jdk jdk, String modules) throws IOException {
        Path java = Files.createDirectories(root.resolve("opt")).resolve("java");
        LinkedImage.of(jdk, modules, java);
        for (String library : libraries(java)) {
            Path to = root.resolve(library.substring(1));
            Files.createDirectories(to.getParent());
            Files.copy(Path.of(library), to, StandardCopyOption.REPLACE_EXISTING);
        }
        Path from = Path.of(ForkedJvm.testClasses());
        Path classes = Path.of("io/corral/integration/pods");
        Path to = Files.createDirectories(root.resolve("app").resolve(classes));
        try (Stream<Path> files = Files.list(from.resolve(classes))) {
            for (Path each : files.toList()) {
                if (each.getFileName().toString().startsWith("PodService")) {
                    Files.copy(each, to.resolve(each.getFileName()));
                }
            }
        }
        return root;
    }

    /** The libraries of this machine that a Java needs. */
    private static List<String> libraries(Path java) throws IOException {
        List<String> words = new ArrayList<>(List.of("ldd"));
        try (Stream<Path> files = Files.walk(java)) {
            files.filter(file -> file.toString().endsWith(".so") || file.endsWith("bin/java"))
                    .forEach(file -> words.add(file.toString()));
        }
        String found = ForkedJvm.on(Jdk.newest()).runCommand(words).out();
        return LIBRARY.matcher(found)
                .results()
                .map(match -> match.group(1))
                .filter(library -> !library.startsWith(java.toString()))
                .distinct()
                .toList();
    }
}
