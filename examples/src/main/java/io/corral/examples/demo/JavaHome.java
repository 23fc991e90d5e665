package io.corral.examples.demo;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Checks whether a JDK can run the demo. */
final class JavaHome {

    private static final int OLDEST = 17;

    private JavaHome() {}

    static void check(Path home) throws DemoFailure {
        if (!Files.exists(home.resolve("bin/java"))
                && !Files.exists(home.resolve("bin/java.exe"))) {
            throw new DemoFailure("no JDK at " + home + "; choose one with --java HOME");
        }
        String version = version(home);
        String feature = version.replaceFirst("\\D.*", "");
        if (!feature.isEmpty() && Integer.parseInt(feature) < OLDEST) {
            throw new DemoFailure("the JDK at " + home + " is " + version + "; " + OLDEST
                    + " or later is needed");
        }
    }

    /**
     * The version in the JDK's file {@code release}; empty without that file, as in some images.
     */
    private static String version(Path home) {
        Properties release = new Properties();
        try (Reader file =
                Files.newBufferedReader(home.resolve("release"), StandardCharsets.UTF_8)) {
            release.load(file);
        } catch (IOException e) {
            return "";
        }
        return release.getProperty("JAVA_VERSION", "").replace("\"", "");
    }
}
