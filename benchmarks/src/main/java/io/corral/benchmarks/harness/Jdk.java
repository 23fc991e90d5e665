package io.corral.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import picocli.CommandLine.TypeConversionException;

/**
 * A JDK to measure on.
 *
 * @param version in full, such as {@code 25.0.3+9-LTS}
 */
public record Jdk(Path home, String version) {

    private static final int OLDEST = 17;
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    /** The JDK that runs this JVM. */
    public static Jdk running() {
        return at(Path.of(System.getProperty("java.home")));
    }

    /**
     * Finds a JDK.
     *
     * @param text its home directory, or the version of one in {@code /usr/lib/jvm}
     * @throws TypeConversionException if there is none
     */
    public static Jdk find(String text) {
        return text.matches("\\d+") ? ofVersion(Integer.parseInt(text)) : at(Path.of(text));
    }

    private static Jdk ofVersion(int feature) {
        File[] homes = INSTALLED.toFile().listFiles(File::isDirectory);
        for (File home : homes == null ? new File[0] : homes) {
            if (new File(home, "release").isFile() && new File(home, "bin/javac").canExecute()) {
                Jdk jdk = at(home.toPath());
                if (jdk.feature() == feature) {
                    return jdk;
                }
            }
        }
        throw new TypeConversionException(
                "no JDK " + feature + " in " + INSTALLED + "; give its home directory");
    }

    private static Jdk at(Path home) {
        Properties release = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
            release.load(file);
        } catch (IOException e) {
            throw new TypeConversionException("no JDK at " + home);
        }
        String version = release.getProperty(
                        "JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION", "0"))
                .replace("\"", "");
        Jdk jdk = new Jdk(home.toAbsolutePath(), version);
        if (jdk.feature() < OLDEST) {
            throw new TypeConversionException("the JDK at " + home + " has the version " + version
                    + "; " + OLDEST + " or later is needed");
        }
        return jdk;
    }

    public int feature() {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }

    public boolean hasVirtualThreads() {
        return feature() >= 21;
    }

    public Path java() {
        return home.resolve("bin/java");
    }
}
