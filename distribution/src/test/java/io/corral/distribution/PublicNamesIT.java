package io.corral.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.events.jmx.BeanNames;
import io.corral.events.jmx.CorralMXBean;
import io.corral.events.jmx.HierarchyMXBean;
import io.corral.junit.CpuBudget;
import io.corral.metricseries.Metric;
import io.corral.micrometer.CorralMetrics;
import io.corral.opentelemetry.CorralSpans;
import io.corral.options.OptionKey;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.Name;
import org.junit.jupiter.api.Test;
import org.openjdk.jmc.flightrecorder.rules.IRule;

/**
 * The names that users hold: in code, build files, command lines, recordings, dashboards and
 * monitoring systems. {@code public-names.txt} lists them. Whoever removes one breaks a user.
 */
class PublicNamesIT {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ARTIFACT =
            Pattern.compile("(?s)</parent>.*?<artifactId>([^<]+)</artifactId>");

    private final Set<String> names = new TreeSet<>();

    @Test
    void namesThatUsersHoldAreThoseOfTheList() throws Exception {
        addArtifacts();
        addManifest();
        for (Class<?> ofPackage :
                List.of(Container.class, CpuBudget.class, CorralMetrics.class, CorralSpans.class)) {
            addPublicClasses(ofPackage);
        }
        addSpringConfiguration();
        addEvents();
        addBean(BeanNames.ofProcess().toString(), CorralMXBean.class);
        addBean(BeanNames.ofHierarchy("NAME").toString(), HierarchyMXBean.class);
        for (OptionKey option : OptionKey.values()) {
            names.add("option " + option.key());
        }
        for (Metric metric : Metric.values()) {
            names.add("metric " + metric.key());
            names.add("metric " + metric.prometheusKey());
        }
        for (IRule rule : ServiceLoader.load(IRule.class)) {
            names.add("rule of Mission Control " + rule.getId());
        }
        Path list = Path.of("src", "test", "resources", "public-names.txt");
        assertThat(names).containsExactlyInAnyOrderElementsOf(Files.readAllLines(list));
    }

    /** The modules that are published. */
    private void addArtifacts() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT, 3)) {
            List<Path> poms = files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> !file.toString().contains("cases"))
                    .toList();
            for (Path pom : poms) {
                String text = Files.readString(pom);
                Matcher artifact = ARTIFACT.matcher(text);
                if (!text.contains("<maven.deploy.skip>true") && artifact.find()) {
                    names.add("artifact io.corral:" + artifact.group(1));
                }
            }
        }
    }

    private void addManifest() throws IOException {
        try (JarFile agent = new JarFile(System.getProperty("corral.agent.jar"))) {
            for (String key : List.of("Premain-Class", "Agent-Class", "Main-Class")) {
                names.add("manifest " + key + " "
                        + agent.getManifest().getMainAttributes().getValue(key));
            }
        }
    }

    private void addPublicClasses(Class<?> ofPackage) throws Exception {
        for (String name : classesBeside(ofPackage)) {
            boolean isInPackage = name.startsWith(ofPackage.getPackageName() + ".")
                    && name.indexOf('.', ofPackage.getPackageName().length() + 1) < 0;
            if (isInPackage && isPublic(load(name))) {
                names.add("class " + name);
            }
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private void addSpringConfiguration() throws Exception {
        String imports = "META-INF/spring/"
                + "org.springframework.boot.autoconfigure.AutoConfiguration.imports";
        try (JarFile meters = jarOf(CorralMetrics.class);
                InputStream in = meters.getInputStream(meters.getEntry(imports))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(each -> names.add("configuration of Spring Boot " + each));
        }
    }

    private void addEvents() throws Exception {
        for (String className : classesBeside(BeanNames.class)) {
            Class<?> type = load(className);
            Name event = type.getAnnotation(Name.class);
            if (event != null) {
                names.add("event " + event.value());
                addFields(event.value(), type);
            }
        }
    }

    private void addFields(String event, Class<?> type) {
        for (Class<?> each = type; each != jdk.jfr.Event.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                // The JVM adds transient ones, for the event's time and duration.
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    names.add("event " + event + " " + field.getName());
                }
            }
        }
    }

    private void addBean(String name, Class<?> type) {
        for (Method method : type.getMethods()) {
            names.add("MBean " + name + " " + method.getName());
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, PublicNamesIT.class.getClassLoader());
    }

    /** The names of the classes in the jar of a class. */
    private static List<String> classesBeside(Class<?> type) throws Exception {
        try (JarFile jar = jarOf(type)) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    // Of the libraries alone.
                    .filter(name -> !name.startsWith("io/corral/spans/"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .toList();
        }
    }

    private static JarFile jarOf(Class<?> type) throws Exception {
        URI jar = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return new JarFile(Path.of(jar).toFile());
    }
}
