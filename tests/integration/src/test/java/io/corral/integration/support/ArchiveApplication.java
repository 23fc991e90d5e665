package io.corral.integration.support;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.ThreadKind;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** {@link ArchiveProgram} and the others as jars: the JVM archives no classes of folders. */
public final class ArchiveApplication {

    /** The tests' classes that the programs use. */
    private static final List<Class<?>> CLASSES =
            List.of(ArchiveProgram.class, ArchiveProgramWithApi.class, ThreadKind.class);

    private ArchiveApplication() {}

    /** Libraries with some 2,000 classes. */
    public static List<String> libraries() {
        return Arrays.stream(ForkedJvm.classPath().split(File.pathSeparator))
                .filter(path -> path.contains("assertj-core") || path.contains("openjdk"))
                .toList();
    }

    public static Path jar(Path folder) {
        return write(folder.resolve("application.jar"), Map.of(), CLASSES);
    }

    /** An agent that does nothing. */
    public static Path idleAgent(Path folder) {
        return write(
                folder.resolve("idle-agent.jar"),
                Map.of("Premain-Class", IdleAgent.class.getName()),
                List.of(IdleAgent.class));
    }

    /**
     * Another agent, which may retransform.
     *
     * @param classes the first is the agent
     */
    public static Path agent(Path jar, Class<?>... classes) {
        return write(
                jar,
                Map.of("Premain-Class", classes[0].getName(), "Can-Retransform-Classes", "true"),
                List.of(classes));
    }

    /** @param attributes the attributes of the manifest */
    public static Path write(Path jar, Map<String, String> attributes, List<Class<?>> classes) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Class<?> each : classes) {
                String entry = each.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(entry));
                try (InputStream in = each.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return jar;
    }

    /** A manifest names this class. */
    public static final class IdleAgent {

        private IdleAgent() {}

        public static void premain(String arguments) {}
    }
}
