package io.corral.rules.threads;

import io.corral.rules.language.TextPattern;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A condition of a rule. */
abstract class Condition {

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
        },
        ORIGIN {
            @Override
            @Nullable String of(ThreadFacts thread) {
                return thread.origin();
            }
        },
        STARTER {
            @Override
            @Nullable String of(ThreadFacts thread) {
                return thread.starter();
            }
        };

        abstract @Nullable String of(ThreadFacts thread);

        /** Whether the values are class names. */
        boolean isClass() {
            return this == CLASS || this == TASK;
        }

        /** Whether the values are paths of containers. */
        boolean isPath() {
            return this == STARTER;
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

    /** The thread is a pool's worker. */
    static final Condition POOL = new Fixed("pool", "pool ") {
        @Override
        boolean holds(ThreadFacts thread, List<String> captures) {
            return thread.isPoolWorker();
        }
    };

    /** The thread's starter works in a chosen place. */
    static final Condition STARTER_CHOSEN = new Fixed("starter chosen", "chosen ") {
        @Override
        boolean holds(ThreadFacts thread, List<String> captures) {
            return thread.isStarterChosen();
        }
    };

    /** Whether every thread matches. */
    boolean alwaysHolds() {
        return false;
    }

    /** How many parts the condition captures. */
    int groups() {
        return 0;
    }

    /** @param captures receives the captured parts if the condition holds */
    abstract boolean holds(ThreadFacts thread, List<String> captures);

    /**
     * The form that the runtime reads.
     *
     * @throws IllegalArgumentException if the runtime has none for it
     */
    abstract String compiled();

    /** A condition without a pattern. */
    private abstract static class Fixed extends Condition {

        private final String source;
        private final String compiled;

        Fixed(String source, String compiled) {
            this.source = source;
            this.compiled = compiled;
        }

        @Override
        final String compiled() {
            return compiled;
        }

        @Override
        public final String toString() {
            return source;
        }
    }

    /** A pattern for one property of a thread. */
    static final class OfText extends Condition {

        private final Property property;
        private final TextPattern pattern;

        OfText(Property property, TextPattern pattern) {
            this.property = property;
            this.pattern = pattern;
        }

        /** Every thread has a name, but not every thread has a task. */
        @Override
        boolean alwaysHolds() {
            return property == Property.THREAD && pattern.matchesAll();
        }

        @Override
        int groups() {
            return pattern.groups();
        }

        @Override
        boolean holds(ThreadFacts thread, List<String> captures) {
            String value = property.of(thread);
            return value != null && pattern.matches(value, captures);
        }

        @Override
        public String toString() {
            return property.word() + " " + pattern;
        }

        @Override
        String compiled() {
            return property.word() + " " + pattern.asGlob();
        }
    }

    /** A pattern for the thread's class and those that it extends. */
    static final class OfSubclasses extends Condition {

        private final TextPattern pattern;

        OfSubclasses(TextPattern pattern) {
            this.pattern = pattern;
        }

        @Override
        int groups() {
            return pattern.groups();
        }

        @Override
        boolean holds(ThreadFacts thread, List<String> captures) {
            for (String type : thread.types()) {
                if (pattern.matches(type, captures)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return "class " + pattern + "+";
        }

        @Override
        String compiled() {
            return "class " + pattern.asGlob() + "+";
        }
    }
}
