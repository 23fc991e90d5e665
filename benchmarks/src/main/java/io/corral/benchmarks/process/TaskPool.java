package io.corral.benchmarks.process;

import io.corral.benchmarks.slices.Work;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What tiny tasks go through. */
enum TaskPool {
    FIXED("1", "a task through a fixed pool", Work.TASKS_OF_FIXED_POOL),
    COMMON("common", "a task through the common pool", Work.TASKS_OF_COMMON_POOL),
    /** Two workers meet at the queue's lock: a nanosecond more between two tasks may be ten more of waiting, or less. */
    FIXED_OF_TWO("2", "a task through a fixed pool of two", null);

    private static final String VARIABLE = "CORRAL_BENCH_POOLS";

    /** For the program, and what the variable says. */
    final String word;

    final String title;

    /** What JVMs that take turns do; null where the figures don't tell what Corral does. */
    final @Nullable Work inTurns;

    TaskPool(String word, String title, @Nullable Work inTurns) {
        this.word = word;
        this.title = title;
        this.inTurns = inTurns;
    }

    /** Whether the figures tell what Corral does. */
    boolean hasBudget() {
        return inTurns != null;
    }

    /** @throws IllegalArgumentException if the variable names another than those there may be */
    static Set<TaskPool> of(
            Map<String, String> environment, Set<TaskPool> possible, Set<TaskPool> unlessSet) {
        @Nullable String value = environment.get(VARIABLE);
        if (value == null) {
            return unlessSet;
        }
        Set<TaskPool> chosen = EnumSet.noneOf(TaskPool.class);
        for (String word : value.split(",", -1)) {
            chosen.add(named(word, value, possible));
        }
        return chosen;
    }

    private static TaskPool named(String word, String value, Set<TaskPool> possible) {
        List<String> words = new ArrayList<>();
        for (TaskPool pool : possible) {
            if (pool.word.equals(word)) {
                return pool;
            }
            words.add(pool.word);
        }
        throw new IllegalArgumentException(VARIABLE + " is \"" + value + "\"; expected some of "
                + String.join(",", words) + ", with commas");
    }
}
