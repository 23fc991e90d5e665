package io.corral.packager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The classes in the agent's jar, each with the class loader that gets it: a line each, sorted. */
final class ClassesByLoader {

    private final List<String> lines = new ArrayList<>();

    void add(String loader, ClassFiles classes) {
        for (String name : classes.names()) {
            lines.add(name.replace('/', '.') + " " + loader);
        }
    }

    void writeTo(Path file) throws IOException {
        Collections.sort(lines);
        Files.write(file, lines);
    }
}
