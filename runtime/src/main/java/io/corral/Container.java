package io.corral;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link Hierarchy}: it has threads as members, and what they use is charged to it.
 *
 * <p>{@link Object#toString()} is the hierarchy and the path, {@code main:/tenants/acme}, and for a
 * removed container {@code main:/tenants/acme (removed)}. Containers are compared by identity: a
 * container that is created with the name of a removed one is another container.
 */
public interface Container {

    /** The last part of the path; {@code "/"} for a root. */
    String name();

    /** The absolute path, {@code "/tenants/acme"}; {@code "/"} for a root. */
    String path();

    /** The hierarchy this container belongs to. */
    Hierarchy hierarchy();

    /** The container this one was created in, or null for a root. A removed container keeps it. */
    @Nullable Container parent();

    /** The children that are not removed, sorted by name, as of now. */
    List<Container> children();

    /**
     * The live platform threads that are members here, not below. Virtual threads are counted in
     * {@link Usage#virtualThreads()}, and listed by {@link #virtualThreads()}. Weakly consistent: a
     * thread that starts or ends meanwhile may or may not be there, never twice.
     */
    List<Thread> threads();

    /**
     * Looks for the live virtual threads that are members here, not below. Corral has no list of
     * them. So the call walks over <em>all</em> threads of the JVM that the JDK lists, on the
     * calling thread. It takes some 2.5 ms of CPU time for each 10,000 virtual threads of the JVM,
     * and a reading of the usage.
     *
     * <p>With {@code -Djdk.trackAllThreads=false} the JDK lists virtual threads of executors only.
     * The others are missed, and {@link VirtualThreads#missed()} says how many.
     */
    VirtualThreads virtualThreads();

    /**
     * Whether a live thread is a member here or below. One that has only {@linkplain #enter()
     * entered} does not count. If this returns false, there was a moment during the call without
     * any member, even if threads were moved or started during the call.
     */
    boolean isPopulated();

    /**
     * Creates a child.
     *
     * @param name 1 to 255 characters, without {@code /} and control characters, not {@code .} or
     *     {@code ..}; case counts. Line separators, characters that change the direction of text,
     *     and lone surrogates are control characters here
     * @throws IllegalArgumentException if the name does not have this form, or is taken, or the
     *     child would be deeper than the option {@code depth} allows
     * @throws IllegalStateException if this container was removed, or there are as many containers
     *     as the option {@code containers} allows
     */
    Container create(String name);

    /**
     * Finds the container at a path below this one, or creates it, with the containers in between.
     *
     * @param relativePath names joined by {@code /}, without one at either end
     * @throws IllegalArgumentException if a part is no valid name, or the last container would be
     *     too deep (see {@link #create})
     * @throws IllegalStateException if this container was removed, or there are too many containers
     */
    Container at(String relativePath);

    /**
     * Makes the calling thread work in this container until the scope is closed. What the thread
     * uses is charged here. Threads that it starts are born here, unless a rule places them or they
     * are workers of a pool. The thread stays a member of its home. If it already works in this
     * container, no clock is read.
     *
     * @throws IllegalStateException if this container was removed
     */
    Scope enter();

    /**
     * Runs {@code task} inside {@link #enter()}.
     *
     * @throws IllegalStateException if this container was removed; the task has not run then
     */
    default void run(Runnable task) {
        Objects.requireNonNull(task, "task");
        try (Scope scope = enter()) {
            task.run();
        }
    }

    /**
     * Calls {@code task} inside {@link #enter()}.
     *
     * @return what the task returns
     * @throws Exception what the task throws
     * @throws IllegalStateException if this container was removed; the task has not been called
     *     then
     */
    default <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        Objects.requireNonNull(task, "task");
        try (Scope scope = enter()) {
            return task.call();
        }
    }

    /**
     * Moves a live thread here for good: it is a member here from now on. Its open scopes stay
     * open. What it uses from now on is charged here: a platform thread is switched at once, a
     * mounted virtual thread at the latest at its next mount.
     *
     * @throws IllegalArgumentException if the thread is not started, its start is under way, or it
     *     is exiting or ended; or if it is a virtual thread that was running when the agent was
     *     attached, and has neither yielded nor parked since
     * @throws IllegalStateException if this container was removed, or a {@link Subsystem} has
     *     objected; the thread stays where it was
     */
    void attach(Thread thread);

    /**
     * Moves the platform threads that are members of {@code from}, not below it, here for good, as
     * {@link #attach} does, but all at once: each reading of usage shows all of them there or all
     * of them here. Virtual threads are not moved. Nor are threads that start in {@code from}, end,
     * or are moved by another thread during the call. Any thread may call.
     *
     * @return how many threads were moved
     * @throws IllegalArgumentException if {@code from} is of another hierarchy
     * @throws IllegalStateException if this container was removed, or a {@link Subsystem} has
     *     objected to one of them; then none is moved
     */
    int attachAll(Container from);

    /**
     * Starts an unstarted thread directly in this container: it is never a member of another
     * container of this hierarchy. In other hierarchies it is placed like any thread that the
     * calling thread starts.
     *
     * @throws IllegalStateException if this container was removed; the thread is not started
     * @throws IllegalThreadStateException if the thread was started before, or if another thread is
     *     starting it by this method
     * @throws ForkRefusedException if a {@link Subsystem} refused
     */
    void start(Thread thread);

    /**
     * What the threads of this container and of its descendants have used, including descendants
     * that were removed. A root's usage is that of the whole hierarchy, without the JVM's own
     * threads in {@code /jvm/gc}, {@code /jvm/jit} and {@code /jvm/other}, which no total above
     * them includes.
     *
     * <p>It includes all CPU time that was used before the call. If a thread is being charged at
     * that moment, the call waits for it: usually less than a microsecond, and 10 ms at most.
     */
    Usage usage();

    /**
     * {@link #usage()} without the usage of {@link #children()}. It includes that of removed
     * children.
     */
    Usage ownUsage();

    /**
     * Requests a notice when this container and its descendants have lost their last member. Each
     * time this happens, {@code notice} runs once, on the agent's background thread and never on
     * the thread that ended. If the last member left before this call, there is no notice, so call
     * this before the first thread starts. Without the agent no notice is given.
     */
    void onRelease(Consumer<Container> notice);

    /**
     * Withdraws one notice that was requested by {@link #onRelease}. After this returns, the notice
     * does not begin to run; it may still be running on the background thread. Any thread may call.
     *
     * @return false if there is no such notice
     */
    boolean withdrawRelease(Consumer<Container> notice);

    /**
     * Takes this container out of the hierarchy. Its final usage stays readable here, and is part
     * of the parent's own usage from then on. A thread that has only entered charges this container
     * until its scope closes. If it opens a scope in another hierarchy after the removal, its work
     * in that scope is charged to this container's parent. So is what it does after an attach.
     *
     * @throws IllegalStateException if there are members or children, or it was removed before
     * @throws UnsupportedOperationException on a root, and on {@code /jvm} and what is below it
     */
    void remove();

    /**
     * Returns a handle for code that may create, move and remove below this container and nowhere
     * else.
     */
    Delegate delegate();

    /** The limits of this container. A root, {@code /jvm} and places of Corral's own have none. */
    Limits limits();

    /**
     * As {@link #enter()}, for a request: passes the limits of this container and of those above
     * it, waits there if a limit says so and the calling thread may, and counts as a request until
     * the scope is closed. If the thread works in a container with such limits already, this is
     * {@link #enter()}. Without limits it is too.
     *
     * @throws LimitExceededException if a limit refused; then nothing is entered or counted
     * @throws IllegalStateException if the container was removed
     */
    Scope admit();

    /** Whether {@link #remove()} has taken this container out of its hierarchy. */
    boolean isRemoved();

    /**
     * What {@link Subsystem#containerCreated} returned for this container, or null if there is none
     * or the subsystem is not registered.
     */
    @Nullable Object state(Subsystem subsystem);
}
