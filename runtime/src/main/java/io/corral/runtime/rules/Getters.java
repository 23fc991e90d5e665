package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * Calls into the application, and into its server, that one rule's placeholders make. Of those who are in there one is watched; if it is there for
 * long, the rule is passed over by whoever comes then, until that one returns.
 *
 * <p>The fields are written without a lock: what a lost write does is that another one is watched.
 */
final class Getters {

    private volatile @Nullable Stay watched;
    private volatile boolean isBlocked;

    /** Whom the last look has found. By the thread that looks alone. */
    private @Nullable Stay seen;

    /** A thread's, in what a placeholder calls. */
    static final class Stay {

        private final Thread thread = Thread.currentThread();
        private final String placeholder;

        private Stay(String placeholder) {
            this.placeholder = placeholder;
        }
    }

    /**
     * @return for {@link #leave}
     * @throws PathTemplate.UnfitException if one is held up in there
     */
    @Nullable Stay enter(String placeholder) {
        if (isBlocked) {
            // That one was named already.
            throw new PathTemplate.UnfitException(
                    "what {" + placeholder + "} calls has not returned for another thread", false);
        }
        if (watched != null) {
            return null;
        }
        Stay stay = new Stay(placeholder);
        watched = stay;
        return stay;
    }

    void leave(@Nullable Stay stay) {
        if (stay != null) {
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
    }
}
