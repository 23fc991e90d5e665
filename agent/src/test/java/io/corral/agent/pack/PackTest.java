package io.corral.agent.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.agent.image.BootImage;
import io.corral.agent.weave.KeyClass;
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
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** The image that this build has packed. */
class PackTest {

    private static final Path RUNTIME = Path.of("..", "runtime", "target", "classes");

    private static final String LIBRARY = "io/corral/agent/shaded/asm/";

    /** No loader but the agent's has them, and that has no others. */
    @Test
    void agentIsThereButForWhoReadsTheImage() throws IOException {
        assertThat(parts().get(BootImage.AGENT).keySet())
                .contains("io/corral/agent/start/Startup", "io/corral/agent/options/Options")
                .allMatch(
                        name -> name.matches(
                                "io/corral/(agent/(start|boot|options)/.+|runtime/observe/JfrEvents(\\$1)?)"));
    }

    /** The boot loader would look for it where it is not. */
    @Test
    void whatAClassExtendsOrImplementsStandsBeforeIt() throws IOException {
        for (Map<String, byte[]> part : parts()) {
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
    void classFilesStandUnderTheirNames() throws IOException {
        for (Map<String, byte[]> part : parts()) {
            assertThat(part).isNotEmpty();
            part.forEach((name, classFile) ->
                    assertThat(new ClassReader(classFile).getClassName()).isEqualTo(name));
        }
    }

    @Test
    void imageForRulesHasItsChecksum() throws IOException {
        assertThat(whole(image("entry.image"))).isNotEmpty();
    }

    @Test
    void allOfTheLibraryThatTheWeaverLeadsToIsThereAndNoMore() throws IOException {
        Map<String, byte[]> weaver = parts().get(BootImage.WEAVER);
        Set<String> used = new HashSet<>();
        weaver.values().forEach(classFile -> used.addAll(namesIn(classFile)));
        used.removeIf(name -> !name.startsWith(LIBRARY));
        assertThat(weaver.keySet()).containsAll(used);
        assertThat(weaver.keySet().stream().filter(name -> name.startsWith(LIBRARY)))
                .contains(LIBRARY + "ClassReader", LIBRARY + "commons/AnalyzerAdapter")
                .allMatch(used::contains)
                .doesNotContain(LIBRARY + "commons/ClassRemapper");
    }

    @Test
    void runtimeIsWhatWasCompiled() throws IOException {
        List<Map<String, byte[]>> parts = parts();
        Map<String, byte[]> runtime = new LinkedHashMap<>(parts.get(BootImage.RUNTIME));
        parts.get(BootImage.AGENT).forEach((name, classFile) -> {
            if (name.startsWith("io/corral/runtime/")) {
                runtime.put(name, classFile);
            }
        });
        runtime.remove(KeyClass.NAME);
        for (Map.Entry<String, byte[]> there : runtime.entrySet()) {
            byte[] compiled = JdkAnnotations.replace(ClassFiles.read(RUNTIME, there.getKey()));
            assertThat(there.getValue()).as(there.getKey()).isEqualTo(compiled);
        }
        assertThat(runtime).containsKey("io/corral/Container");
        assertThat(runtime).containsKey("io/corral/runtime/observe/JfrEvents");
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

    private static List<Map<String, byte[]>> parts() throws IOException {
        List<Map<String, byte[]>> parts = new ArrayList<>();
        DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(whole(image("boot.image"))));
        while (in.available() > 0) {
            byte[] part = in.readNBytes(in.readInt());
            parts.add(
                    parts.size() == BootImage.LAZY
                            ? BootImage.unpack(part)
                            : part(new DataInputStream(new ByteArrayInputStream(part))));
        }
        return parts;
    }

    private static byte[] image(String name) throws IOException {
        return Files.readAllBytes(Path.of("target/classes/corral-boot", name));
    }

    /** What stands before the checksum. */
    private static byte[] whole(byte[] image) {
        int end = image.length - Integer.BYTES;
        CRC32 checksum = new CRC32();
        checksum.update(image, 0, end);
        assertThat(ByteBuffer.wrap(image).getInt(end)).isEqualTo((int) checksum.getValue());
        return Arrays.copyOf(image, end);
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
