package io.corral.runtime.rules;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A condition of a rule: a pattern for one property of a thread. */
final class Condition {

    /** The properties of a thread, named by their keyword in the file. */
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

        /** Whether the values are class names. */
        boolean isClass() {
            return this == CLASS || this == TASK;
        }

        /** The keyword in a rules file. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The property with this keyword, or null. */
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

    /** Whether every thread matches. Every thread has a name, but not every thread has a task. */
    boolean alwaysHolds() {
        return property == Property.THREAD && pattern.matchesAll();
    }

    int groups() {
        return pattern.groups();
    }

    /** @param captures receives the captured parts if the condition holds */
    boolean holds(ThreadFacts thread, List<String> captures) {
        String value = property.of(thread);
        return value != null && pattern.matches(value, captures);
    }

    @Override
    public String toString() {
        return property.word() + " " + pattern;
    }
}
