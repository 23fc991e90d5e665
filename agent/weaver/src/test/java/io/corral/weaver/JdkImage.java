package io.corral.weaver;

import io.corral.weaver.threads.WeavePoint.Target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The class files of an installed JDK, whichever JDK runs the tests. */
public record JdkImage(int feature, FileSystem files) {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)[^\"]*\"");

    /** One of each feature release from 17 on: the running one, and what is in the usual place. */
    public static Stream<JdkImage> all() {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            installed.sorted().forEach(homes::add);
        } catch (IOException noSuchPlace) {
            // The running JDK.
        }
        Map<Integer, JdkImage> images = new TreeMap<>();
        for (Path home : homes) {
            int feature = feature(home);
            if (feature >= 17 && Files.exists(home.resolve("lib/modules"))) {
                images.computeIfAbsent(feature, unused -> open(feature, home));
            }
        }
        return images.values().stream();
    }

    private static int feature(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException noJdk) {
            return 0;
        }
    }

    private static JdkImage open(int feature, Path home) {
        try {
            Map<String, String> environment = new HashMap<>(Map.of("java.home", home.toString()));
            return new JdkImage(
                    feature, FileSystems.newFileSystem(URI.create("jrt:/"), environment));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public boolean has(Target target) {
        return has(target.internalName());
    }

    public boolean has(String internalName) {
        return Files.exists(path(internalName));
    }

    public byte[] classFile(Target target) {
        return classFile(target.internalName());
    }

    /** The class file of a class of {@code java.base}. */
    public byte[] classFile(String internalName) {
        try {
            return Files.readAllBytes(path(internalName));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The class files of a package of {@code java.base}, and of those below it. */
    public List<byte[]> classFilesIn(String folder) throws IOException {
        List<byte[]> classFiles = new ArrayList<>();
        try (Stream<Path> files = Files.walk(files().getPath("modules", "java.base", folder))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                classFiles.add(Files.readAllBytes(file));
            }
        }
        return classFiles;
    }

    private Path path(String internalName) {
        return files.getPath("modules", "java.base", internalName + ".class");
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
