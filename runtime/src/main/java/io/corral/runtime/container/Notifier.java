package io.corral.runtime.container;

/** Runs tasks one after the other on a thread of Corral's own. */
public interface Notifier {

    /** Takes a task from any thread, also from one that is ending. Does not block. */
    void later(Runnable task);

    /** Who runs the notices of released containers. Set once, by the wiring. */
    static void ofReleases(Notifier notifier) {
        ReleaseNotices.notifier(notifier);
    }
}
