package io.corral.runtime.rules;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a rule wants of one of a thread's properties. */
final class Condition {

    /** The properties, by their word in the file. */
    enum Property {
        THREAD {
            @Override
            String of(ThreadFacts thread) {
                return thread.name();
            }
        },
        CLASS {
            @Override
            @Nullable String of(ThreadFacts thread) {
                return thread.type();
            }
        },
        TASK {
            @Override
            @Nullable String of(ThreadFacts thread) {
                return thread.task();
            }
        },
        GROUP {
            @Override
            @Nullable String of(ThreadFacts thread) {
                return thread.group();
            }
        },
        LOADER {
            @Override
            @Nullable String of(ThreadFacts thread) {
                return thread.loader();
            }
        };

        abstract @Nullable String of(ThreadFacts thread);

        /** Whether its values are names of classes. */
        boolean isClass() {
            return this == CLASS || this == TASK;
        }

        /** As it is written in rules. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Null if it is no property's. */
        static @Nullable Property of(String word) {
            for (Property property : values()) {
                if (property.word().equals(word)) {
                    return property;
                }
            }
            return null;
        }
    }

    private final Property property;
    private final TextPattern pattern;

    Condition(Property property, TextPattern pattern) {
        this.property = property;
        this.pattern = pattern;
    }

    /** Whether it does for each thread. Each has a name, and not each a task. */
    boolean holdsAlways() {
        return property == Property.THREAD && pattern.matchesAll();
    }

    int groups() {
        return pattern.groups();
    }

    /** @param captures where to add what was captured, if it holds */
    boolean holds(ThreadFacts thread, List<String> captures) {
        String value = property.of(thread);
        return value != null && pattern.matches(value, captures);
    }

    @Override
    public String toString() {
        return property.word() + " " + pattern;
    }
}
