package io.corral.integration.support;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Forks a JVM of JDK 25 that takes itself for JDK 26: some constants in classes of the JDK are
 * replaced by others of the same length. The JVM gets these classes by {@code --patch-module}.
 */
public final class UntestedJdk {

    public static final int FEATURE = 26;

    private static final int ACTUAL = 25;
    private static final String VERSION_CLASS = "java/lang/VersionProps";

    private final Jdk actual;
    private final Path classes;

    /** @param folder for the changed classes */
    public UntestedJdk(Jdk actual, Path folder) throws IOException {
        if (actual.feature() != ACTUAL) {
            throw new IllegalArgumentException("made of JDK " + ACTUAL + " only, not " + actual);
        }
        this.actual = actual;
        this.classes = folder;
        replace(VERSION_CLASS, ACTUAL + ".", FEATURE + ".");
    }

    /** Replaces a text in the constants of a class of {@code java.base}. */
    public UntestedJdk replace(String internalName, String text, String by) throws IOException {
        String before = new String(original(internalName), StandardCharsets.ISO_8859_1);
        if (text.length() != by.length() || !before.contains(text)) {
            throw new IllegalArgumentException(text + " can't be replaced in " + internalName);
        }
        Path file = classes.resolve(internalName + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, before.replace(text, by).getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    private byte[] original(String internalName) throws IOException {
        Map<String, String> home = Map.of("java.home", actual.home().toString());
        try (FileSystem files = FileSystems.newFileSystem(URI.create("jrt:/"), home)) {
            return Files.readAllBytes(
                    files.getPath("modules", "java.base", internalName + ".class"));
        }
    }

    public ForkedJvm jvm() {
        return ForkedJvm.on(actual).flags("--patch-module", "java.base=" + classes);
    }
}
