package io.corral.field;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * The small Maven project of a case: its folder below {@code cases}, if it has sources, and its
 * libraries in {@code libraries.properties}. Maven compiles it with the user's settings when a test
 * asks for its class path.
 */
public final class CaseProject {

    private static final Pattern UNRESOLVED = Pattern.compile(
            "(?:Could not find artifact|Could not transfer artifact|Failure to find|the artifact)"
                    + " ([\\w.-]+:[\\w.:-]+)");

    private static final Path CASES = Path.of("cases").toAbsolutePath();

    private static final Map<String, CaseProject> PROJECTS = new ConcurrentHashMap<>();

    private final String classPath;

    private CaseProject(String classPath) {
        this.classPath = classPath;
    }

    /**
     * The compiled project. The test is skipped if an artifact can't be had; the reason names it.
     */
    public static CaseProject named(String name) {
        return PROJECTS.computeIfAbsent(name, CaseProject::build);
    }

    /** The project's classes and all that they need. */
    public String classPath() {
        return classPath;
    }

    /** The file of a library on the class path, such as an agent's jar. */
    public String file(String startOfItsName) {
        for (String each : classPath.split(File.pathSeparator, -1)) {
            if (new File(each).getName().startsWith(startOfItsName)) {
                return each;
            }
        }
        throw new IllegalStateException("no " + startOfItsName + " in " + classPath);
    }

    private static CaseProject build(String name) {
        Path target = Path.of("target", "cases", name).toAbsolutePath();
        Path libraries = target.resolve("libraries.txt");
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("field.maven"),
                "-B",
                "-q",
                "-ntp",
                "-f",
                writePom(name, target).toString(),
                "-Dcases=" + CASES,
                "-Dcase=" + sources(name),
                "-Dshared=" + shared(name)));
        if (System.getProperty("field.network").equals("offline: true")) {
            command.add("-o");
        }
        command.addAll(List.of(
                "compile",
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + libraries,
                "-Dmdep.includeScope=runtime"));
        Jdk jdk = compiling();
        ForkedJvm.Outcome maven = ForkedJvm.on(jdk)
                .environment("JAVA_HOME", jdk.home().toString())
                .runCommand(command);
        if (maven.exitCode() != 0) {
            String said = maven.out() + maven.err();
            Matcher unresolved = UNRESOLVED.matcher(said);
            Assumptions.assumeFalse(
                    unresolved.find(), () -> name + ": no artifact " + unresolved.group(1));
            throw new IllegalStateException(said);
        }
        try {
            return new CaseProject(target.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(libraries).strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The folder with the case's sources: its own, unless another case has the same. */
    private static String sources(String name) {
        if (name.startsWith("servlets-tomcat")) {
            return "servlets-tomcat";
        }
        if (name.startsWith("springmvc-")) {
            return "springmvc";
        }
        return switch (name) {
            case "jetty10" -> "jetty94";
            case "springboot35", "webflux", "webflux35" -> "springboot";
            case "undertow23" -> "undertow22";
            default -> name;
        };
    }

    /** A folder with sources that several cases share, beside {@code common}. */
    private static String shared(String name) {
        if (name.startsWith("flood-")) {
            return "flood";
        }
        return name.startsWith("servlets-") || name.startsWith("springmvc-")
                ? "servlets"
                : "common";
    }

    private static Path writePom(String name, Path target) {
        try (Reader in = Files.newBufferedReader(CASES.resolve("libraries.properties"))) {
            Properties cases = new Properties();
            cases.load(in);
            String libraries = cases.getProperty(name);
            if (libraries == null) {
                throw new IllegalStateException("no " + name + " in libraries.properties");
            }
            String dependencies = Arrays.stream(libraries.split(",\\s*", -1))
                    .map(CaseProject::dependency)
                    .collect(Collectors.joining("", "<dependencies>", "</dependencies>"));
            String pom = Files.readString(CASES.resolve("pom.xml"))
                    .replace("<dependencies/>", dependencies);
            return Files.writeString(Files.createDirectories(target).resolve("pom.xml"), pom);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param library its group, artifact and version, and perhaps its classifier */
    private static String dependency(String library) {
        String[] parts = library.strip().split(":", -1);
        return "<dependency><groupId>" + parts[0] + "</groupId><artifactId>" + parts[1]
                + "</artifactId><version>" + parts[2] + "</version>"
                + (parts.length == 3 ? "" : "<classifier>" + parts[3] + "</classifier>")
                + "</dependency>";
    }

    /**
     * Some libraries are class files of Java 21, and Kotlin's compiler may not know a newer JDK.
     */
    private static Jdk compiling() {
        return Jdk.all().stream()
                .filter(each -> each.feature() <= 21)
                .reduce((older, newer) -> newer)
                .orElseGet(Jdk::newest);
    }
}
