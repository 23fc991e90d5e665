package io.corral.runtime.notice;

import org.jspecify.annotations.Nullable;

/** Runs tasks one after another on Corral's background thread. */
public interface Notifier {

    /** Accepts a task from any thread, including one that is ending. Does not block. */
    void later(Runnable task);

    /** Holds the notifier; null without the agent. */
    final class Current {

        public static volatile @Nullable Notifier notifier;

        private Current() {}
    }
}
