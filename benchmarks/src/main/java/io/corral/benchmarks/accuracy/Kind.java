package io.corral.benchmarks.accuracy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How threads come to work for a container. */
enum Kind {
    /** Platform threads open a scope around each unit. */
    SCOPES("platform threads", false),
    /** Virtual threads live in containers; carriers alternate between them. */
    MEMBERS("virtual threads", true),
    /** Virtual threads open a scope around each unit, and are unmounted within. */
    VIRTUAL_SCOPES("virtual threads with scopes", true),
    /** As {@link #MEMBERS}, with one carrier, on which each thread's turn comes after a gap. */
    ONE_CARRIER("virtual threads", true);

    final String title;
    final boolean isVirtual;

    Kind(String title, boolean isVirtual) {
        this.title = title;
        this.isVirtual = isVirtual;
    }

    Set<Mix> mixes() {
        Set<Mix> idling = EnumSet.of(Mix.IDLING);
        return this == ONE_CARRIER ? idling : EnumSet.complementOf(EnumSet.copyOf(idling));
    }

    /** Of the JVM. */
    List<String> flags() {
        return this == ONE_CARRIER
                ? List.of(
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                : List.of();
    }

    /** How many threads there are. */
    int threads(Mix mix, int cores) {
        return this == MEMBERS ? workers(mix, cores) * mix.parts.size() : workers(mix, cores);
    }

    /** How many of them work at a time; virtual ones several a core, so that carriers alternate. */
    int workers(Mix mix, int cores) {
        return switch (this) {
            case SCOPES -> mix.threads(cores);
            case VIRTUAL_SCOPES -> 4 * mix.threads(cores);
            case MEMBERS -> 2 * mix.threads(cores);
            case ONE_CARRIER -> mix.parts.size();
        };
    }
}
