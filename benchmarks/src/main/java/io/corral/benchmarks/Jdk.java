package io.corral.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A JDK to measure on. */
record Jdk(Path home, String version) {

    /** From a JDK's folder. */
    static final class Converter implements ITypeConverter<Jdk> {

        @Override
        public Jdk convert(String home) {
            return at(Path.of(home));
        }
    }

    static Jdk at(Path home) {
        Properties release = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
            release.load(file);
        } catch (IOException e) {
            throw new TypeConversionException("no JDK at " + home);
        }
        return new Jdk(home, release.getProperty("JAVA_VERSION", "").replace("\"", ""));
    }

    static Jdk running() {
        return at(Path.of(System.getProperty("java.home")));
    }

    int feature() {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }

    boolean hasVirtualThreads() {
        return feature() >= 21;
    }

    Path java() {
        return home.resolve("bin/java");
    }
}
