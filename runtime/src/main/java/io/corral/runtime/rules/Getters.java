package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * Executions in which one rule's placeholders call into the application, and into its server. Behind each look that finds nobody
 * watched one that comes is; if it is in there for long, the rule is passed over by whoever comes then, until that one
 * returns. So those in between write nothing that others read.
 *
 * <p>The fields are written without a lock: what a lost write does is that another one is watched.
 */
final class Getters {

    /** It is not always the first behind a look, but one later each time, up to so many: what hangs may be what each request does last. */
    private static final int TURNS = 8;

    /** Whether one who comes is to be watched. Written behind {@link #toPass}. */
    private volatile boolean isWanted = true;

    /** How many go by before. */
    private int toPass;

    /** What that was last. By the thread that looks alone. */
    private int turn;

    private volatile @Nullable Stay watched;
    private volatile boolean isBlocked;

    /** Whom the last look has found. By the thread that looks alone. */
    private @Nullable Stay seen;

    /** One thread's, in what placeholders call. */
    static final class Stay {

        private final Thread thread = Thread.currentThread();
        private volatile @Nullable String placeholder;

        private Stay() {}

        void calls(String placeholder) {
            this.placeholder = placeholder;
        }
    }

    /** Whether one is held up in there: that one was named already. */
    boolean areBlocked() {
        return isBlocked;
    }

    /** @return for {@link #leave}; null for who is not watched */
    @Nullable Stay enter() {
        if (!isWanted) {
            return null;
        }
        if (toPass > 0) {
            toPass--;
            return null;
        }
        isWanted = false;
        Stay stay = new Stay();
        watched = stay;
        return stay;
    }

    void leave(@Nullable Stay stay) {
        if (stay != null && watched == stay) {
            watched = null;
            if (isBlocked) {
                isBlocked = false;
            }
        }
    }

    /** Each second. */
    void look(Complaints complaints) {
        Stay now = watched;
        if (now != null && now == seen) {
            isBlocked = true;
            if (watched == now) {
                complaints.blocked(now.thread, now.placeholder);
            } else {
                isBlocked = false;
            }
        }
        seen = now;
        if (now == null && !isWanted) {
            turn = (turn + 1) % TURNS;
            toPass = turn;
            isWanted = true;
        }
    }
}
