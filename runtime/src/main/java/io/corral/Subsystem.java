package io.corral;

import org.jspecify.annotations.Nullable;

/**
 * A controller of the user's own, attached to the containers of one hierarchy.
 *
 * <p>Override what is needed; a method that is not overridden costs nothing. Each callback says on
 * which thread it runs. Most run inside the JVM's start or end of a thread, so keep them short.
 * They may lock and park; on JDK 21 a virtual thread that waits for a monitor keeps its carrier
 * meanwhile, so prefer a {@code java.util.concurrent} lock there. A callback that throws never
 * fails a start or an exit: the failure is counted, and reported once.
 *
 * <p>A thread that is started by {@link #canFork}, {@link #cancelFork}, {@link #fork} or
 * {@link #exit} is placed and counted as any other, but no callback runs for it. For a thread that
 * another callback starts the callbacks run as usual.
 *
 * <h2>Order</h2>
 *
 * <p>A subsystem learns of a thread in one of two ways. A thread that starts after the registration
 * has {@link #canFork} and then {@link #fork}. One that is a member already, or that Corral first
 * sees after its start, has {@link #adopt}. From then on, and for no other thread, the callbacks of
 * this thread are
 *
 * <pre>
 *   canFork -> cancelFork
 *   canFork -> fork -> (attach | switched)* -> exit
 *              adopt -> (attach | switched)* -> exit
 * </pre>
 *
 * <ul>
 *   <li>Of one thread one callback runs at a time, {@link #canAttach} and {@link #cancelAttach}
 *       excepted.
 *   <li>{@code canFork} is followed by either {@code cancelFork}, or {@code fork} and exactly one
 *       {@code exit}. ({@code fork} alone can be missing, if there was no stack left for it.)
 *   <li>{@code attach} is told in the order in which the moves took effect: each {@code from} is
 *       the {@code to} of the one before, and the first is the container of {@code fork} or
 *       {@code adopt}. The last {@code to} is the container of {@code exit}. None follows it.
 *   <li>So it is with {@code switched}, which begins and ends where {@code fork} or {@code adopt}
 *       and {@code exit} are, after the attaches. So what it is told sums to zero. Switches that
 *       follow each other at once can be told as one. A callback that enters a container on the
 *       ending thread breaks this: its switches are told within or after {@code exit}.
 *   <li>If two threads change one thread's place at a time, the first may tell of both. Then the
 *       other's {@code attach} or {@code enter} may return before it was told. The exit waits. So a
 *       callback must not wait for the thread of which it is told.
 * </ul>
 */
public interface Subsystem {

    /** How messages and events name it. */
    default String name() {
        String simple = getClass().getSimpleName();
        // An anonymous class has no simple name.
        return simple.isEmpty() ? getClass().getName() : simple;
    }

    /** The name of the hierarchy it is attached to. Read once, at registration. */
    default String hierarchy() {
        return "main";
    }

    /**
     * Decides whether {@code thread} may start in {@code container}. Runs on the parent, before the
     * thread is linked. Carriers, the JDK's helper threads and threads that go to {@code /jvm} are
     * never asked for. One that throws has consented.
     *
     * @return null to consent, or why not
     */
    default @Nullable Refusal canFork(Thread thread, Container container) {
        return null;
    }

    /**
     * Takes back {@link #canFork}: another subsystem refused, or an error came between. After an
     * error the thread may start all the same; then it is adopted. Runs on the parent.
     */
    default void cancelFork(Thread thread, Container container) {}

    /**
     * A thread was born: it is a member of {@code container}, and cannot run yet. Runs on the
     * parent.
     */
    default void fork(Thread thread, Container container) {}

    /**
     * A thread is a member of {@code container} which this subsystem was not asked for: it was a
     * member when this was registered, or Corral saw it only after its start, as threads that
     * attach from native code and those that are older than the agent. The threads in {@code /jvm}
     * are left out. So is a thread that has ended before this could be called: it has no callback
     * at all.
     *
     * <p>Each platform thread that is a member at the registration has it once, before
     * {@link Containers#register} returns or, if it starts or moves meanwhile, soon after. Virtual
     * threads that are members then have neither this nor any other callback, since Corral has no
     * list of them. Runs on the thread that registers, on the background thread, or on a thread
     * that starts or moves {@code thread}.
     */
    default void adopt(Thread thread, Container container) {}

    /**
     * A thread has ended: it is no longer a member. Runs once for each thread of which
     * {@link #fork} or {@link #adopt} was told.
     *
     * <p>Runs on the ending thread itself, before {@link Thread#join} returns. There are two
     * exceptions. If the JVM failed to start the thread, it runs on the parent. A virtual thread
     * that started before the agent was loaded, or that ends with its stack exhausted, may be seen
     * only after it has left its carrier for the last time: then this runs on Corral's background
     * thread, perhaps after {@code join} has returned.
     *
     * <p>Meanwhile the current container is the root, and {@link Containers#of} the thread is the
     * root too. What the callback of a virtual thread uses is charged to the container that the
     * thread has left; a platform thread is no longer charged. The callback may lock, park and
     * yield. On JDK 21 a contended monitor pins the virtual thread's carrier.
     */
    default void exit(Thread thread, Container container) {}

    /**
     * May {@code thread} be moved? A subsystem that learns of the thread meanwhile may be told of
     * the move without this. Runs on the calling thread, which holds no lock of Corral's.
     *
     * @return null to consent, or why not
     */
    default @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
        return null;
    }

    /**
     * Takes back {@link #canAttach}: another subsystem refused, or the thread has ended meanwhile,
     * or was moved by another thread (then {@code canAttach} is called again). Runs on the calling
     * thread.
     */
    default void cancelAttach(Thread thread, Container from, Container to) {}

    /**
     * A thread was moved for good. Runs on the thread that moved it, or on another that tells of
     * the same thread at that time.
     */
    default void attach(Thread thread, Container from, Container to) {}

    /**
     * The container that {@code thread} works for has changed: by entering, by closing a scope
     * (both on the thread itself), by an attach (on the thread that moved it) or by its end with
     * open scopes. Another thread that tells of the same thread at that time may run it instead. A
     * virtual thread's being mounted and unmounted is no such change.
     */
    default void switched(Thread thread, Container from, Container to) {}

    /**
     * A container exists. Runs once for each container: on the thread that made it, while other
     * threads that look it up by its path wait; or on the thread that registers this subsystem. (A
     * removal, a thread's start and a rule wait a second at most: the container may have no state
     * then.) Where a rule makes it for a virtual thread whose start was not seen, this runs on the
     * background thread, or on the first that asks for the container by its path.
     *
     * @return this subsystem's state for the container (see {@link Container#state}), or null
     */
    default @Nullable Object containerCreated(Container container) {
        return null;
    }

    /** A container was removed. Runs on the thread that removed it. */
    default void containerRemoved(Container container) {}
}
