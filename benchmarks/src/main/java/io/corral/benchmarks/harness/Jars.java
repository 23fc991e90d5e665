package io.corral.benchmarks.harness;

import io.corral.Containers;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * The jars that measured JVMs are started with.
 *
 * @param agent the packed agent; its settings for JFR are in the same folder
 * @param examples the demo; its libraries are in the folder {@code lib} next to it
 */
public record Jars(Path agent, Path examples) {

    /** The class path of the benchmarks, the API and the demo. */
    public String classPath() {
        return benchmarks() + File.pathSeparator + examplesClassPath();
    }

    /** The jar with the benchmarks, which is also the {@link EmptyAgent}. */
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
