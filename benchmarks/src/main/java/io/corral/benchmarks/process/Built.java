package io.corral.benchmarks.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** What the build has put beside this class's jar. */
final class Built {

    private Built() {}

    /** This class's own. */
    static Path jar() {
        try {
            return Path.of(Built.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a URL that is no URI", e);
        }
    }

    /** An agent that is measured beside Corral. */
    static Path peer(String name) throws IOException {
        return only(jar().resolveSibling("peers"), name + "-*.jar");
    }

    /** A class path: what a program calls of those agents that don't bring it themselves. */
    static String peersApi() {
        return jar().resolveSibling("peers") + "/api/*";
    }

    /** The API, for a service without the agent, which brings it otherwise. */
    static Path runtime() throws IOException {
        return only(jar().resolveSibling("runtime"), "corral-runtime-*.jar");
    }

    /** A class path. */
    static String springBoot() throws IOException {
        Path target = jar().resolveSibling("../spring-boot/target").normalize();
        return only(target, "corral-benchmarks-spring-boot.jar") + ":" + target + "/lib/*";
    }

    static Path only(Path folder, String pattern) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("no " + folder + "; build benchmarks/ again");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            Iterator<Path> found = files.iterator();
            if (!found.hasNext()) {
                throw new IOException(
                        "no " + pattern + " in " + folder + "; build benchmarks/ again");
            }
            Path file = found.next();
            if (found.hasNext()) {
                throw new IOException("several " + pattern + " in " + folder + "; clean and build");
            }
            return file;
        }
    }
}
