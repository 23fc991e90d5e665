package io.corral.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JDK to measure on.
 *
 * @param home null for one that figures in a file were measured on
 * @param version in full, {@code 25.0.3+9-LTS}
 */
public record Jdk(@Nullable Path home, String version) {

    private static final int OLDEST = 17;
    private static final List<Integer> WANTED = List.of(OLDEST, 21, 25);

    /** @throws IllegalArgumentException with the reason, if nothing can be measured there */
    static Jdk at(Path home) {
        Properties release = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
            release.load(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JDK at " + home, e);
        }
        String version = release.getProperty(
                        "JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION", ""))
                .replace("\"", "");
        Jdk jdk = new Jdk(home.toAbsolutePath(), version);
        if (!version.matches("\\d.*") || jdk.feature() < OLDEST) {
            throw new IllegalArgumentException("the JDK at " + home + " is "
                    + (version.isEmpty() ? "of unknown version" : version) + "; " + OLDEST
                    + " or later is needed");
        }
        if (!Files.isExecutable(jdk.java())) {
            throw new IllegalArgumentException("no JDK at " + home + ": it has no bin/java");
        }
        return jdk;
    }

    /** What this runs on. */
    static Jdk own() {
        return at(Path.of(System.getProperty("java.home")));
    }

    /** Those of JDK 17, 21 and 25 that are installed where one looks, one of each. */
    static List<Jdk> installed() {
        Map<Integer, Jdk> found = new TreeMap<>();
        for (Path home : homes()) {
            if (!Files.isExecutable(home.resolve("bin/javac"))) {
                continue;
            }
            try {
                Jdk jdk = at(home);
                if (WANTED.contains(jdk.feature())) {
                    found.putIfAbsent(jdk.feature(), jdk);
                }
            } catch (IllegalArgumentException e) {
                // Not one of ours: nobody asked for it.
            }
        }
        return List.copyOf(found.values());
    }

    private static List<Path> homes() {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        String javaHome = System.getenv("JAVA_HOME");
        if (javaHome != null) {
            homes.add(Path.of(javaHome));
        }
        homes.addAll(below(Path.of("/usr/lib/jvm"), ""));
        homes.addAll(
                below(Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"), ""));
        homes.addAll(below(Path.of("/Library/Java/JavaVirtualMachines"), "Contents/Home"));
        return homes;
    }

    private static List<Path> below(Path folder, String inside) {
        File[] files = folder.toFile().listFiles(File::isDirectory);
        return files == null
                ? List.of()
                : Arrays.stream(files)
                        .sorted(Comparator.naturalOrder())
                        .map(file -> file.toPath().resolve(inside))
                        .toList();
    }

    public int feature() {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }

    public boolean hasVirtualThreads() {
        return feature() >= 21;
    }

    public Path java() {
        if (home == null) {
            throw new IllegalStateException("where JDK " + version + " is was not kept");
        }
        return home.resolve("bin/java");
    }
}
