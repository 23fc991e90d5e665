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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The image that this build has packed. */
class PackTest {

    private static final Path RUNTIME = Path.of("..", "runtime", "target", "classes");

    private static final String LIBRARY = "io/corral/agent/shaded/asm/";

    /** No loader but the agent's has them, and that has no others. */
    @Test
    void agentIsThereButForWhoReadsTheImage() throws IOException {
        assertThat(parts().get(BootImage.AGENT).keySet())
                .contains(
                        "io/corral/agent/start/Startup",
                        "io/corral/agent/boot/GeneratedDefiner",
                        "io/corral/agent/options/Options")
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

    /** A JVM would read it at each start. */
    @Test
    void whatIsReadAtEachStartHasNothingThatNobodyAsksFor() throws IOException {
        Set<String> annotations = new HashSet<>();
        List<Map<String, byte[]>> parts = parts();
        for (int part : List.of(
                BootImage.AGENT, BootImage.RUNTIME, BootImage.WEAVER, BootImage.JDK_MATES)) {
            Map<String, byte[]> internal = parts.get(part);
            internal.keySet().removeIf(PackTest::isApi);
            internal.forEach((name, classFile) -> {
                ClassNode read = new ClassNode();
                new ClassReader(classFile).accept(read, 0);
                assertThat(read.signature).as(name).isNull();
                assertThat(read.visibleAnnotations).as(name).isNull();
                assertThat(read.visibleTypeAnnotations).as(name).isNull();
                assertThat(read.fields)
                        .as(name)
                        .allMatch(field -> field.signature == null
                                && field.visibleTypeAnnotations == null
                                && (field.value == null
                                        || (field.access & Opcodes.ACC_STATIC) == 0));
                assertThat(read.methods)
                        .as(name)
                        .allMatch(method -> method.signature == null
                                && method.visibleTypeAnnotations == null
                                && method.parameters == null);
                for (MethodNode method : read.methods) {
                    for (AnnotationNode annotation : orNone(method.visibleAnnotations)) {
                        annotations.add(annotation.desc);
                    }
                }
            });
        }
        assertThat(annotations)
                .contains(
                        "Ljdk/internal/vm/annotation/ReservedStackAccess;",
                        "Ljdk/internal/vm/annotation/ForceInline;",
                        "Ljdk/internal/vm/annotation/DontInline;")
                .allMatch(descriptor -> descriptor.startsWith("Ljdk/"));
    }

    @Test
    void runtimeIsWhatWasCompiledAndTheApiAllOfIt() throws IOException {
        Map<String, byte[]> runtime = parts().get(BootImage.RUNTIME);
        runtime.remove(KeyClass.NAME);
        for (Map.Entry<String, byte[]> there : runtime.entrySet()) {
            byte[] compiled = VmAnnotations.grant(ClassFiles.read(RUNTIME, there.getKey()));
            assertThat(there.getValue())
                    .as(there.getKey())
                    .isEqualTo(isApi(there.getKey()) ? compiled : Slim.unlessApi(compiled));
        }
        assertThat(runtime.keySet()).filteredOn(PackTest::isApi).contains("io/corral/Container");
    }

    private static boolean isApi(String name) {
        return name.matches("io/corral/[A-Z].*");
    }

    private static List<AnnotationNode> orNone(@Nullable List<AnnotationNode> annotations) {
        return annotations == null ? List.of() : annotations;
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
