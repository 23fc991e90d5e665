package io.corral.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which agent a measured JVM is started with. */
public enum Setup {
    NO_AGENT("no agent", null),
    /**
     * With any agent the JVM does more for each virtual thread. So this is the base for most
     * figures.
     */
    EMPTY_AGENT("empty agent", null),
    EXACT("exact", "exact"),
    ADAPTIVE("adaptive", "adaptive"),
    /** Exact. The JDK's classes of tasks are loaded before the agent, so they lack its field. */
    LATE("attached late", "exact");

    public static final List<Setup> WITH_CORRAL = List.of(EXACT, ADAPTIVE);

    private final String title;
    private final @Nullable String clock;

    Setup(String title, @Nullable String clock) {
        this.title = title;
        this.clock = clock;
    }

    public boolean isCorral() {
        return clock != null;
    }

    /** The JVM's options. */
    public List<String> flags(Jars jars) {
        List<String> flags = new ArrayList<>();
        if (this == EMPTY_AGENT) {
            flags.add("-javaagent:" + jars.benchmarks());
        } else if (this == LATE) {
            flags.addAll(ExpectedAgent.attached(jars.agent() + "=clock=" + clock));
        } else if (clock != null) {
            flags.add("-javaagent:" + jars.agent() + "=clock=" + clock);
        }
        flags.add(ExpectedAgent.flag(isCorral()));
        return flags;
    }

    @Override
    public String toString() {
        return title;
    }
}
