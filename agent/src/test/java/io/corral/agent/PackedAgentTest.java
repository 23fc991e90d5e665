package io.corral.agent;

import static java.util.Map.entry;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.corral.launcher.BootImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** The packed agent of this build, and the packer's list of classes and their loaders. */
class PackedAgentTest {

    private static final Path PACKED = Path.of("target", "packed");

    private static final String LIBRARY = "io/corral/weaver/asm/";

    @Test
    void eachClassButThoseOfTheOptionsHasOneLoader() throws IOException {
        Map<String, Set<String>> loaders = loadersByClass();
        assertThat(loaders).hasSizeGreaterThan(300);
        loaders.forEach((name, ofClass) -> {
            if (name.startsWith("io.corral.options.")) {
                assertThat(ofClass).as(name).containsExactlyInAnyOrder("agent", "system");
            } else {
                assertThat(ofClass).as(name).hasSize(1);
            }
        });
    }

    /**
     * A prefix is a module is a loader. By their nature the options are in two loaders, the API has
     * no prefix of its own, and the nest mates are in packages of the JDK.
     */
    @Test
    void eachPrefixBelongsToOneLoader() throws IOException {
        Map<String, Set<String>> loaders = new TreeMap<>();
        loadersByClass()
                .forEach((name, ofClass) -> loaders.computeIfAbsent(
                                prefix(name), unused -> new TreeSet<>())
                        .addAll(ofClass));
        assertThat(loaders)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("java", Set.of("boot")),
                        entry("sun", Set.of("boot")),
                        entry("io.corral", Set.of("boot")),
                        entry("io.corral.runtime", Set.of("boot")),
                        entry("io.corral.weaver", Set.of("boot")),
                        entry("io.corral.agent", Set.of("system")),
                        entry("io.corral.launcher", Set.of("system")),
                        entry("io.corral.options", Set.of("agent", "system")),
                        entry("io.corral.start", Set.of("agent")),
                        entry("io.corral.rules", Set.of("agent")),
                        entry("io.corral.events", Set.of("agent")),
                        entry("io.corral.methods", Set.of("methods")),
                        entry("io.corral.metrics", Set.of("metrics")),
                        entry("io.corral.metricseries", Set.of("metrics"))));
    }

    /** The package below {@code io.corral}, {@code io.corral} itself, or a root package. */
    private static String prefix(String className) {
        String[] parts = className.split("\\.");
        if (!parts[0].equals("io")) {
            return parts[0];
        }
        return "io.corral" + (parts.length == 3 ? "" : "." + parts[2]);
    }

    @Test
    void listNamesTheClassesThatArePacked() throws IOException {
        List<Map<String, byte[]>> parts = bootImage();
        Map<String, Set<String>> packed = new TreeMap<>();
        packed.put("system", entriesOfTheJar());
        packed.put("agent", names(parts.get(BootImage.AGENT), parts.get(BootImage.EXTENSIONS)));
        packed.put(
                "boot",
                names(
                        parts.get(BootImage.RUNTIME),
                        parts.get(BootImage.WEAVER),
                        parts.get(BootImage.JDK_ACCESS)));
        packed.put("methods", names(lazyImage("methods.image")));
        packed.put("metrics", names(lazyImage("metrics.image")));

        Map<String, Set<String>> listed = new TreeMap<>();
        loadersByClass()
                .forEach((name, ofClass) -> ofClass.forEach(
                        loader -> listed.computeIfAbsent(loader, unused -> new TreeSet<>())
                                .add(name)));
        assertThat(listed).isEqualTo(packed);
    }

    /** The boot loader would look for other classes in the wrong place. */
    @Test
    void superclassAndInterfacesPrecedeAClass() throws IOException {
        for (Map<String, byte[]> part : bootImage()) {
            Set<String> before = new HashSet<>();
            part.forEach((name, classFile) -> {
                ClassReader reader = new ClassReader(classFile);
                List<String> needed = new ArrayList<>(List.of(reader.getInterfaces()));
                needed.add(reader.getSuperName());
                needed.retainAll(part.keySet());
                assertThat(before).as(name).containsAll(needed);
                before.add(name);
            });
        }
    }

    @Test
    void classFilesHaveTheirNames() throws IOException {
        for (Map<String, byte[]> part : bootImage()) {
            assertThat(part).isNotEmpty();
            part.forEach((name, classFile) ->
                    assertThat(new ClassReader(classFile).getClassName()).isEqualTo(name));
        }
    }

    @Test
    void asmIsPackedAsFarAsTheWeaverNeedsIt() throws IOException {
        Map<String, byte[]> weaver = bootImage().get(BootImage.WEAVER);
        Set<String> used = new HashSet<>();
        weaver.values().forEach(classFile -> used.addAll(namesIn(classFile)));
        used.removeIf(name -> !name.startsWith(LIBRARY));
        assertThat(weaver.keySet()).containsAll(used);
        assertThat(weaver.keySet().stream().filter(name -> name.startsWith(LIBRARY)))
                .contains(LIBRARY + "ClassReader", LIBRARY + "commons/AnalyzerAdapter")
                .allMatch(used::contains)
                .doesNotContain(LIBRARY + "commons/ClassRemapper");
    }

    private static Map<String, Set<String>> loadersByClass() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("target", "classes-by-loader.txt"))) {
            return lines.map(line -> line.split(" "))
                    .collect(groupingBy(words -> words[0], mapping(words -> words[1], toSet())));
        }
    }

    private static Set<String> entriesOfTheJar() throws IOException {
        try (Stream<Path> files = Files.walk(PACKED)) {
            return files.map(file -> PACKED.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.replaceFirst("\\.class$", "").replaceAll("[/\\\\]", "."))
                    .collect(toSet());
        }
    }

    @SafeVarargs
    private static Set<String> names(Map<String, byte[]>... parts) {
        Set<String> names = new TreeSet<>();
        for (Map<String, byte[]> part : parts) {
            part.keySet().forEach(name -> names.add(name.replace('/', '.')));
        }
        return names;
    }

    private static Set<String> namesIn(byte[] classFile) {
        Set<String> names = new HashSet<>();
        new ClassReader(classFile)
                .accept(
                        new ClassRemapper(new ClassWriter(0), new Remapper(Opcodes.ASM9) {
                            @Override
                            public String map(String name) {
                                names.add(name);
                                return name;
                            }
                        }),
                        0);
        return names;
    }

    private static List<Map<String, byte[]>> bootImage() throws IOException {
        List<Map<String, byte[]>> parts = new ArrayList<>();
        for (byte[] part : partsOf("boot.image")) {
            parts.add(
                    parts.size() == BootImage.EXTENSIONS
                            ? BootImage.unpack(part)
                            : part(new DataInputStream(new ByteArrayInputStream(part))));
        }
        return parts;
    }

    private static Map<String, byte[]> lazyImage(String name) throws IOException {
        return BootImage.unpack(partsOf(name).get(0));
    }

    private static List<byte[]> partsOf(String image) throws IOException {
        byte[] bytes = Files.readAllBytes(PACKED.resolve("corral-boot").resolve(image));
        int end = bytes.length - Integer.BYTES;
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, end);
        assertThat(ByteBuffer.wrap(bytes).getInt(end)).isEqualTo((int) checksum.getValue());
        List<byte[]> parts = new ArrayList<>();
        DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(Arrays.copyOf(bytes, end)));
        while (in.available() > 0) {
            parts.add(in.readNBytes(in.readInt()));
        }
        return parts;
    }

    private static Map<String, byte[]> part(DataInputStream in) throws IOException {
        List<byte[]> classFiles = new ArrayList<>();
        for (int classes = in.readInt(); classes > 0; classes--) {
            classFiles.add(in.readNBytes(in.readInt()));
        }
        Map<String, byte[]> part = new LinkedHashMap<>();
        for (byte[] classFile : classFiles) {
            part.put(
                    new String(in.readNBytes(in.readInt()), StandardCharsets.ISO_8859_1),
                    classFile);
        }
        assertThat(in.available()).isZero();
        return part;
    }
}
