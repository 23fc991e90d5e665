package io.corral.benchmarks;

import io.corral.benchmarks.accuracy.AccuracySuite;
import io.corral.benchmarks.process.PlacementSuite;
import io.corral.benchmarks.process.ServiceSuite;
import io.corral.benchmarks.process.StartupSuite;
import io.corral.benchmarks.process.TaskSuite;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be measured, in the order it is done. The name in small letters is the suite's. */
enum Topic {
    MICRO("Hooks and scopes"),
    READERS("Readers"),
    MEMORY("Memory"),
    ACCURACY("Accuracy of the split"),
    TASKS("Tasks handed over"),
    PLACEMENT("An application with no line of configuration"),
    STARTUP("Start of a JVM"),
    SERVICE("A service at full load");

    /** Its table's heading. */
    final String title;

    Topic(String title) {
        this.title = title;
    }

    Suite suite(Jdk jdk, Jars jars, Effort effort, Sheet to) {
        return switch (this) {
            case MICRO -> new MicroSuite(jdk, jars, effort, to);
            case READERS -> new ReadersSuite(jdk, jars, effort, to);
            case MEMORY -> new MemorySuite(jdk, jars, effort, to);
            case ACCURACY -> new AccuracySuite(jdk, jars, effort, to);
            case TASKS -> new TaskSuite(jdk, jars, effort, to);
            case PLACEMENT -> new PlacementSuite(jdk, jars, effort, to);
            case STARTUP -> new StartupSuite(jdk, jars, effort, to);
            case SERVICE -> new ServiceSuite(jdk, jars, effort, to);
        };
    }

    /** What is asked first; see {@link Effort#ESSENTIAL}. */
    static Set<Topic> essential() {
        return EnumSet.of(MICRO, TASKS, STARTUP);
    }

    /** @throws IllegalArgumentException with the valid names, if it is none */
    static Topic named(String name) {
        return Arrays.stream(values())
                .filter(topic -> topic.toString().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + name + "\" is no suite; " + names() + " are"));
    }

    private static String names() {
        return Arrays.stream(values()).map(Topic::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
