package io.corral.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** An agent, as a jar. */
final class AgentJar {

    private AgentJar() {}

    /** Writes it. It is deleted when this JVM exits. */
    static Path of(Class<?> agent) throws IOException {
        return of(agent, List.of(), List.of());
    }

    /**
     * @param others classes it takes along
     * @param libraries one class of each that it needs
     */
    static Path of(Class<?> agent, List<Class<?>> others, List<Class<?>> libraries)
            throws IOException {
        Path jar = Files.createTempFile("corral-" + agent.getSimpleName(), ".jar");
        jar.toFile().deleteOnExit();
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", agent.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        if (!libraries.isEmpty()) {
            attributes.put(Attributes.Name.CLASS_PATH, classPath(libraries));
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            add(agent, out);
            for (Class<?> other : others) {
                add(other, out);
            }
        }
        return jar;
    }

    private static String classPath(List<Class<?>> libraries) {
        return libraries.stream()
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(" "));
    }

    private static void add(Class<?> type, JarOutputStream out) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            if (in == null) {
                throw new IOException("no " + name);
            }
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
            out.closeEntry();
        }
    }
}
