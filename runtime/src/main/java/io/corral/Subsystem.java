package io.corral;

import org.jspecify.annotations.Nullable;

/**
 * A controller of the user's own, attached to the containers of one hierarchy.
 *
 * <p>Override what is needed; a method that is not overridden costs nothing. Callbacks run on the
 * thread named at each, inside the JVM's start and end of threads: keep them short, don't block.
 * One that throws never fails a start or an exit: it is counted, and reported once. A thread that one
 * of {@link #canFork}, {@link #cancelFork}, {@link #fork} and {@link #exit} starts is placed and counted
 * as any other, but no callback runs for it. For one that another callback starts they run as ever.
 */
public interface Subsystem {

    /** How messages and events name it. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** The name of the hierarchy it is attached to. Read once, at registration. */
    default String hierarchy() {
        return "main";
    }

    /**
     * May {@code thread} be started in {@code container}? Runs on the parent, before the thread is
     * linked. Carriers, the JDK's helper threads and whatever goes to {@code /jvm} is never asked
     * for. One that throws has consented.
     *
     * @return null to consent, or why not
     */
    default @Nullable Refusal canFork(Thread thread, Container container) {
        return null;
    }

    /**
     * Takes back {@link #canFork}: another subsystem refused, or there was no stack for the start. Runs
     * on the parent.
     */
    default void cancelFork(Thread thread, Container container) {}

    /** A thread was born: it is a member of {@code container}, and cannot run yet. On the parent. */
    default void fork(Thread thread, Container container) {}

    /**
     * A thread ended: it is no member any more. Runs on the ending thread (for a virtual thread, on
     * its carrier), or on the parent when the JVM failed to start the thread; only if {@link
     * #canFork} had been asked (then {@link #fork} has run, unless there was no stack left for it), or no
     * hook saw the thread start: it was born before the agent came.
     */
    default void exit(Thread thread, Container container) {}

    /**
     * May {@code thread} be moved? Runs on the calling thread, which has no lock of Corral's.
     *
     * @return null to consent, or why not
     */
    default @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
        return null;
    }

    /**
     * Takes back {@link #canAttach}: another subsystem refused, or the thread has ended meanwhile, or was moved by somebody else
     * (then it is asked again). On the calling thread.
     */
    default void cancelAttach(Thread thread, Container from, Container to) {}

    /** A thread was moved for good. Runs on the thread that moved it. */
    default void attach(Thread thread, Container from, Container to) {}

    /**
     * The container that {@code thread} works for has changed: by entering, by closing a scope (both
     * on the thread itself) or by an attach (on the thread that moved it). A virtual thread's being
     * mounted and unmounted is no such change.
     */
    default void switched(Thread thread, Container from, Container to) {}

    /**
     * A container is there. Runs once for each: on the thread that made it, while others who ask for
     * it by its path wait; or on the thread that registers this subsystem. (Who removes it, and a
     * thread's start or a rule that leads there, wait a second at most: it may have no state then.)
     *
     * @return this subsystem's state for the container (see {@link Container#state}), or null
     */
    default @Nullable Object containerCreated(Container container) {
        return null;
    }

    /** A container was removed. Runs on the thread that removed it. */
    default void containerRemoved(Container container) {}
}
