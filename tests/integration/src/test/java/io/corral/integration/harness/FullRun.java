package io.corral.integration.harness;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Whether this is the full run, {@code mvn verify -Pfull}, or the daily one, {@code mvn verify}.
 *
 * <p>The daily run leaves out what has the tag {@code full}, takes most tests to the newest JDK
 * alone ({@link Jdk#eachInFullRun()}), and repeats some races less often.
 */
public final class FullRun {

    private static final String PROPERTY = "corral.run.full";

    private FullRun() {}

    /** Also true with the profile {@code stress}; the same in a JVM that runs scenarios. */
    public static boolean isOn() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** All rows of a test in the full run, and the first {@code daily} ones otherwise. */
    public static <T> Stream<T> rows(int daily, List<T> all) {
        return all.stream().limit(isOn() ? all.size() : daily);
    }

    /** A JDK and a kind of thread: all pairs in the full run, else virtual ones on the newest. */
    public static Stream<Arguments> jdksAndKinds() {
        return Jdk.eachInFullRun().stream()
                .flatMap(jdk -> rows(
                                1,
                                jdk.hasVirtualThreads()
                                        ? List.of(ThreadKind.VIRTUAL, ThreadKind.PLATFORM)
                                        : List.of(ThreadKind.PLATFORM))
                        .map(kind -> Arguments.of(jdk, kind)));
    }

    /** Tells a JVM that runs scenarios which run it is part of. */
    static String flag() {
        return "-D" + PROPERTY + "=" + isOn();
    }
}
