package io.corral.integration.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An installed JDK. Forked JVMs run on each of {@link #WANTED} that is found here; those that
 * {@code -Dcorral.jdks.required} names must be found.
 */
public record Jdk(int feature, Path home) {

    public static final List<Integer> WANTED = List.of(17, 21, 25);

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)[^\"]*\"");
    private static final Map<Integer, Jdk> FOUND = find();

    /**
     * For tests of what is woven differently into each JDK, or of a shape that only one has.
     * {@code -Dcorral.jdks.only=25} limits the tests to one JDK.
     */
    public static List<Jdk> all() {
        Integer only = Integer.getInteger("corral.jdks.only");
        if (only != null) {
            return List.of(found(only));
        }
        List<Jdk> all = new ArrayList<>();
        List<Integer> missing = new ArrayList<>();
        for (int feature : WANTED) {
            if (FOUND.containsKey(feature)) {
                all.add(FOUND.get(feature));
            } else {
                missing.add(feature);
            }
        }
        String required = System.getProperty("corral.jdks.required", "");
        for (String feature : required.isEmpty() ? new String[0] : required.split(",", -1)) {
            if (missing.contains(Integer.parseInt(feature.trim()))) {
                throw new IllegalStateException("no JDK " + feature + " found, and it is required");
            }
        }
        if (all.isEmpty()) {
            throw new IllegalStateException(
                    "none of JDK " + WANTED + " found to test on, only " + FOUND.keySet());
        }
        if (!missing.isEmpty()) {
            System.out.println(
                    "skipped: no JDK " + missing + " found; tests run on " + FOUND.keySet());
        }
        return all;
    }

    /**
     * {@link #all()} in the {@linkplain FullRun full run}, and the newest one alone in the daily
     * run: for tests whose result could depend on the JDK, though it hardly ever does.
     */
    public static List<Jdk> eachInFullRun() {
        return FullRun.isOn() ? all() : List.of(newest());
    }

    /** The newest JDK found, for tests whose result does not depend on the JDK. */
    public static Jdk newest() {
        List<Jdk> all = all();
        return all.get(all.size() - 1);
    }

    private static Jdk found(int feature) {
        Jdk found = FOUND.get(feature);
        if (found == null) {
            throw new IllegalStateException(
                    "no JDK " + feature + " found to test on, only " + FOUND.keySet());
        }
        return found;
    }

    public static Stream<Jdk> withVirtualThreads() {
        return all().stream().filter(Jdk::hasVirtualThreads);
    }

    /** Those of {@link #eachInFullRun()} that have virtual threads. */
    public static Stream<Jdk> withVirtualThreadsInFullRun() {
        return eachInFullRun().stream().filter(Jdk::hasVirtualThreads);
    }

    public boolean hasVirtualThreads() {
        return feature >= 21;
    }

    /** A command of this JDK, {@code java} or another. */
    public String command(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static Map<Integer, Jdk> find() {
        Map<Integer, Jdk> found = new TreeMap<>();
        for (Path home : homes()) {
            Path release = home.resolve("release");
            if (Files.isExecutable(home.resolve("bin/javac")) && Files.isReadable(release)) {
                Matcher version = VERSION.matcher(read(release));
                if (version.find()) {
                    int feature = Integer.parseInt(version.group(1));
                    found.putIfAbsent(feature, new Jdk(feature, home));
                }
            }
        }
        return found;
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
                        .sorted()
                        .map(file -> file.toPath().resolve(inside))
                        .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
