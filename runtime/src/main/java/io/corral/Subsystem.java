package io.corral;

import org.jspecify.annotations.Nullable;

/**
 * A controller that the application provides, attached to the containers of one hierarchy.
 *
 * <p>Override only what is needed; a method that is not overridden costs nothing. Each callback
 * says on which thread it runs. Most run inside the JVM's start or end of a thread, so keep them
 * short. They may lock and park; on JDK 21 a virtual thread that waits for a monitor keeps its
 * carrier meanwhile, so prefer a {@code java.util.concurrent} lock there. A callback that throws
 * never fails a start or an exit: the failure is counted, and reported once.
 *
 * <p>A thread that is started by {@link #canFork}, {@link #cancelFork}, {@link #fork} or
 * {@link #exit} is placed and counted as any other, but no callback runs for it. For a thread that
 * another callback starts the callbacks run as usual.
 *
 * <h2>Order</h2>
 *
 * <p>A subsystem learns of a thread in one of two ways. A thread that starts after the registration
 * has {@link #canFork} and then {@link #fork}. One that is a member already, or that Corral first
 * sees after its start, has {@link #adopt}. These are all callbacks for one thread, in their order:
 *
 * <pre>
 *   canFork -> cancelFork
 *   canFork -> fork -> (attach | switched)* -> exit
 *              adopt -> (attach | switched)* -> exit
 * </pre>
 *
 * <ul>
 *   <li>For one thread, one callback runs at a time, except {@link #canAttach} and
 *       {@link #cancelAttach}.
 *   <li>{@code canFork} is followed by either {@code cancelFork}, or {@code fork} and exactly one
 *       {@code exit}. ({@code fork} alone can be missing, if there was no stack left for it.)
 *   <li>{@code attach} is called in the order in which the moves took effect. The first
 *       {@code from} is the container of {@code fork} or {@code adopt}. Each further {@code from}
 *       is the {@code to} of the call before. The last {@code to} is the container of {@code exit},
 *       after which there is no call.
 *   <li>The same holds for {@code switched}: the calls form a chain from the container of
 *       {@code fork} or {@code adopt} to that of {@code exit}. So a count that goes down at each
 *       {@code from} and up at each {@code to} ends at the home of the thread. Switches that follow
 *       each other immediately can be one call. There is one exception: if a callback on the ending
 *       thread enters a container, its switches are told within or after {@code exit}.
 *   <li>If two threads change the place of one thread at the same time, one of them may run the
 *       callbacks for both changes. Then the {@code attach} or {@code enter} of the other may
 *       return before its callbacks have run. The exit of the thread waits for them. So a callback
 *       must not wait for the thread that it is called for.
 * </ul>
 */
public interface Subsystem {

    /** The name of this subsystem in messages and events. */
    default String name() {
        String simple = getClass().getSimpleName();
        // An anonymous class has no simple name.
        return simple.isEmpty() ? getClass().getName() : simple;
    }

    /** The name of its hierarchy. Read once, at the registration. */
    default String hierarchy() {
        return "main";
    }

    /**
     * Decides whether {@code thread} may start in {@code container}. Runs on the starter, which is
     * the thread that starts it, before the thread is linked. It is not called for carriers, helper
     * threads of the JDK and other threads that go to {@code /jvm}. If it throws, it has consented.
     *
     * @return null to consent, or the reason of the refusal
     */
    default @Nullable Refusal canFork(Thread thread, Container container) {
        return null;
    }

    /**
     * Undoes {@link #canFork}: another subsystem refused, or an error occurred. After an error the
     * thread may start nevertheless; then it is adopted. Runs on the starter.
     */
    default void cancelFork(Thread thread, Container container) {}

    /**
     * A thread was born: it is a member of {@code container}, and cannot run yet. Runs on the
     * starter.
     */
    default void fork(Thread thread, Container container) {}

    /**
     * A thread is a member of {@code container}, and {@link #canFork} was not called for it. It was
     * a member already when this subsystem was registered, or Corral first saw it after its start.
     * The latter are threads that attach from native code, and threads that are older than the
     * agent. Threads in {@code /jvm} are left out. A thread that ends before this could be called
     * has no callback at all.
     *
     * <p>For each platform thread that is a member at the registration, this is called once: before
     * {@link Containers#register} returns or, if the thread starts or moves during the
     * registration, soon after. Virtual threads that are members at the registration have neither
     * this nor any other callback, since Corral has no list of them. Runs on the thread that
     * registers, on the background thread, or on a thread that starts or moves {@code thread}.
     */
    default void adopt(Thread thread, Container container) {}

    /**
     * A thread has ended: it is no longer a member. Runs once for each thread for which
     * {@link #fork} or {@link #adopt} was called.
     *
     * <p>Runs on the ending thread itself, before {@link Thread#join} returns. There are two
     * exceptions. If the JVM failed to start the thread, it runs on the starter. A virtual thread
     * that started before the agent was loaded, or that ends with its stack exhausted, may be seen
     * only after it has left its carrier for the last time: then this runs on Corral's background
     * thread, perhaps after {@code join} has returned.
     *
     * <p>While this runs, the current container is the root, and so is {@link Containers#of} for
     * the thread. On a virtual thread, the callback's usage is charged to the container that the
     * thread has left. On a platform thread it is not charged. The callback may lock, park and
     * yield. On JDK 21 a contended monitor pins the virtual thread's carrier.
     */
    default void exit(Thread thread, Container container) {}

    /**
     * Decides whether {@code thread} may be moved. If the subsystem is first told of the thread
     * during the move, {@link #attach} may be called without this. Runs on the thread that calls
     * {@link Container#attach}, which holds no lock of Corral's.
     *
     * @return null to consent, or the reason of the refusal
     */
    default @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
        return null;
    }

    /**
     * Undoes {@link #canAttach}: another subsystem refused, or the thread ended, or another thread
     * moved it (then {@code canAttach} is called again). Runs on the thread that calls
     * {@link Container#attach}.
     */
    default void cancelAttach(Thread thread, Container from, Container to) {}

    /**
     * A thread was moved for good. Runs on the thread that moved it, or on one that runs other
     * callbacks for the same thread at that time.
     */
    default void attach(Thread thread, Container from, Container to) {}

    /**
     * The container that {@code thread} works for has changed: a scope was opened or closed (runs
     * on the thread itself), the thread was attached (runs on the thread that moved it), or it
     * ended with open scopes. A thread that runs other callbacks for the same thread at that time
     * may run this instead. To mount or unmount a virtual thread is not a switch.
     */
    default void switched(Thread thread, Container from, Container to) {}

    /**
     * A container was created, or exists at the registration. Runs once for each container: on the
     * thread that created it, or on the thread that registers this subsystem. Other threads that
     * look the container up by its path wait meanwhile. (A removal, a thread's start and a rule
     * wait a second at most; the container may have no state then.) If a rule created the container
     * for a virtual thread whose start was not seen, this runs on the background thread, or on the
     * first thread that looks the container up by its path.
     *
     * @return this subsystem's state for the container (see {@link Container#state}), or null
     */
    default @Nullable Object containerCreated(Container container) {
        return null;
    }

    /**
     * A container was removed. Runs once for each container for which {@link #containerCreated} was
     * called, after that has returned, and for no other if that is overridden. Runs on the thread
     * that removed it; if {@code containerCreated} was running then, for this or another subsystem,
     * on the thread that ran it.
     */
    default void containerRemoved(Container container) {}
}
