package io.corral.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The main classes of the modules of the build, which were compiled before. */
final class Modules {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private Modules() {}

    /** The classes by the module's folder. Modules that only a profile builds are left out. */
    static Map<String, JavaClasses> read() throws IOException {
        String pom = Files.readString(PROJECT.resolve("pom.xml"));
        Map<String, JavaClasses> modules = new LinkedHashMap<>();
        Matcher module = MODULE.matcher(pom.substring(0, pom.indexOf("</modules>")));
        while (module.find()) {
            Path folder = PROJECT.resolve(module.group(1));
            if (Files.isDirectory(folder.resolve("src/main/java"))) {
                modules.put(module.group(1), classesIn(folder.resolve("target/classes")));
            }
        }
        return modules;
    }

    private static JavaClasses classesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(folder + " is missing; compile all modules first");
        }
        return new ClassFileImporter().importPath(folder);
    }
}
