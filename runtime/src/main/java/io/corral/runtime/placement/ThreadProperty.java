package io.corral.runtime.placement;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The properties of threads that conditions of rules test, named by their keyword in the file. */
public enum ThreadProperty {
    THREAD,
    CLASS,
    TASK,
    GROUP,
    LOADER,
    ORIGIN,
    STARTER,
    /** {@code platform} or {@code virtual}. */
    KIND,
    /** What a pool's worker has. */
    POOL,
    /** What a thread has whose starter works in a chosen place. */
    CHOSEN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The property with this keyword, or null. */
    public static @Nullable ThreadProperty of(String word) {
        for (ThreadProperty property : values()) {
            if (property.word.equals(word)) {
                return property;
            }
        }
        return null;
    }

    /** The keyword in a rules file. */
    public String word() {
        return word;
    }

    /** Whether a pattern for its value stands after the keyword. */
    public boolean hasPattern() {
        return this != KIND && this != POOL && this != CHOSEN;
    }

    /** The value for a thread; null if it has none. */
    public @Nullable String of(ThreadFacts thread) {
        return switch (this) {
            case THREAD -> thread.name();
            case CLASS -> thread.type();
            case TASK -> thread.task();
            case GROUP -> thread.group();
            case LOADER -> thread.loader();
            case ORIGIN -> thread.origin();
            case STARTER -> thread.starter();
            case KIND -> thread.isVirtual() ? "virtual" : "platform";
            case POOL -> thread.isPoolWorker() ? "" : null;
            case CHOSEN -> thread.isStarterChosen() ? "" : null;
        };
    }

    /** Whether no virtual thread has a value for which there are rules: these are the JDK's. */
    boolean isOfPlatformThreads() {
        return this == CLASS || this == TASK || this == ORIGIN;
    }
}
