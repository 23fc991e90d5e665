package io.corral.benchmarks.harness;

import io.corral.Containers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The jars that measured JVMs are started with.
 *
 * @param agent the packed agent; its settings for JFR are in the same folder
 * @param emptyAgent an agent that does nothing
 * @param examples the demo; its libraries are in the folder {@code lib} next to it
 */
public record Jars(Path agent, Path emptyAgent, Path examples) {

    /** Makes the empty agent's jar, which is deleted when this JVM exits. */
    public static Jars of(Path agent, Path examples) throws IOException {
        return new Jars(agent.toAbsolutePath(), emptyAgentJar(), examples.toAbsolutePath());
    }

    private static Path emptyAgentJar() throws IOException {
        Path jar = Files.createTempFile("corral-empty-agent", ".jar");
        jar.toFile().deleteOnExit();
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", EmptyAgent.class.getName());
        String entry = EmptyAgent.class.getName().replace('.', '/') + ".class";
        try (InputStream in = EmptyAgent.class.getResourceAsStream("EmptyAgent.class");
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            if (in == null) {
                throw new IOException("the class path has no " + entry);
            }
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }

    /** The jar with the benchmarks. */
    public Path benchmarks() {
        return jarOf(Jars.class);
    }

    /**
     * The class path of the API and the demo. The agent, if there is one, has its own copy of the
     * API.
     */
    public String examplesClassPath() {
        return String.join(
                File.pathSeparator,
                jarOf(Containers.class).toString(),
                examples.toString(),
                examples.resolveSibling("lib") + "/*");
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the location of " + type + " is no URI", e);
        }
    }
}
