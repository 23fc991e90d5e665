package io.corral;

import io.corral.runtime.api.Api;

import java.time.Duration;
import java.util.concurrent.Callable;

/** The entry point of the API: hierarchies, their containers, snapshots and subsystems. */
public final class Containers {

    private Containers() {}

    /** Whether the agent is active. Without it containers work, but usage is unknown. */
    public static boolean isActive() {
        return Api.isActive();
    }

    /** The root of the hierarchy {@code main}. */
    public static Container root() {
        return main().root();
    }

    /**
     * Where the calling thread works now, in the hierarchy {@code main}; see
     * {@link Hierarchy#current()}.
     */
    public static Container current() {
        return main().current();
    }

    /**
     * Where {@code thread} is a member, in the hierarchy {@code main}; see {@link Hierarchy#of}.
     */
    public static Container of(Thread thread) {
        return main().of(thread);
    }

    /** Finds or makes a container of the hierarchy {@code main}; see {@link Hierarchy#at}. */
    public static Container at(String path) {
        return main().at(path);
    }

    /**
     * Says which rule placed {@code thread}, and when. Any thread may call.
     *
     * @throws IllegalArgumentException if the thread was not started or has ended
     */
    public static PlacedBy placedBy(Thread thread) {
        return Api.placedBy(thread);
    }

    /**
     * Finds or makes a hierarchy.
     *
     * @param name of the form of a container's name (see {@link Container#create})
     * @throws IllegalArgumentException if it is not
     */
    public static Hierarchy hierarchy(String name) {
        return Api.hierarchy(name);
    }

    /**
     * Works in two containers at once until the scope is closed. It is as if
     * {@link Container#enter() enter} of one were around that of the other, but the thread switches
     * once on the way in and once on the way out, so that half as many clocks are read.
     *
     * @param one a container of one hierarchy
     * @param other a container of another hierarchy
     * @throws IllegalArgumentException if both are of one hierarchy
     * @throws IllegalStateException if one of them was removed
     */
    public static Scope enter(Container one, Container other) {
        return Api.enter(one, other);
    }

    /**
     * The usage that was charged to both containers at once. Each number is {@link Usage#UNKNOWN}
     * if both, or containers below them, were combined when there were as many combinations of
     * containers as the option {@code combinations} allows; for some other pairs too, but seldom.
     *
     * @param one a container of one hierarchy, with what is below it
     * @param other a container of another hierarchy, with what is below it
     * @throws IllegalArgumentException if both are of one hierarchy
     */
    public static Usage usage(Container one, Container other) {
        return Api.usage(one, other);
    }

    /**
     * A reading of all containers, at most 100 ms old, so that views that ask at about the same
     * time share one. It may show less than a {@link Container#usage()} that was read in that time.
     *
     * <p>Any thread may call. The first calls start measurements of threads' teardown in the
     * background, which take some milliseconds of CPU time; see
     * {@link Snapshot#teardownCpuNanos()}.
     */
    public static Snapshot snapshot() {
        return Api.snapshot();
    }

    /**
     * A reading of all containers, at most {@code maxAge} old: with {@link Duration#ZERO} a new
     * one.
     *
     * @throws IllegalArgumentException if {@code maxAge} is negative
     * @see #snapshot()
     */
    public static Snapshot snapshot(Duration maxAge) {
        return Api.snapshot(maxAge);
    }

    /**
     * Runs {@code task} and says what it used: its own CPU time and allocation, those of the
     * threads that it starts, and those of the tasks that it hands over to other threads, until it
     * returns. Virtual threads are measured too. What its threads and tasks use later is only their
     * containers'.
     *
     * <p>The containers are charged as they would be without this. Any thread may call, in a
     * container or outside, and within another measured task, which then includes this one. Scopes
     * that the task leaves open are closed. If it closes a scope that was opened before, the
     * measurement ends there.
     *
     * <p>In the result, {@link Usage#forks()} and {@link Usage#exits()} count the threads that the
     * task started, and {@link Usage#threads()} and {@link Usage#virtualThreads()} those that have
     * not ended. {@link Usage#cpuNanos()} is exact; see there. What threads that still run have
     * allocated since their last switch is an estimate.
     *
     * <p>Threads of a pool that the task makes a pool start are not its own, but what they run for
     * it is counted. A task counts if hand-over carries it to the thread that runs it; the manual
     * lists the ways that do. A worker that a rule leaves to its pool does not count.
     *
     * @return each number is {@link Usage#UNKNOWN} without the agent, and in the calling thread's
     *     own {@link Subsystem#exit} callbacks, which are charged to no container
     */
    public static Usage measure(Runnable task) {
        return Api.measure(task);
    }

    /**
     * As {@link #measure(Runnable)}, for a task with a result.
     *
     * @throws Exception what the task throws; its usage is then lost
     */
    public static <T> Measured<T> measure(Callable<T> task) throws Exception {
        return Api.measure(task);
    }

    /**
     * Attaches a subsystem to its hierarchy. It learns of all containers that exist, each parent
     * before its children, then of each platform thread that is a member (see
     * {@link Subsystem#adopt}), and of each fork and exit. Any thread may call; the callbacks for
     * what exists run on it.
     *
     * @throws IllegalArgumentException if it is registered already
     * @throws IllegalStateException if there were more than 65,000 registrations in this JVM
     */
    public static void register(Subsystem subsystem) {
        Api.register(subsystem);
    }

    /**
     * Detaches a subsystem. When this returns, no callback of it begins; one that runs on another
     * thread may still be running. Its states ({@link Container#state}) are dropped. Registered
     * again, it learns of all threads anew. Any thread may call, from a callback too.
     *
     * @return false if it was not registered
     */
    public static boolean unregister(Subsystem subsystem) {
        return Api.unregister(subsystem);
    }

    private static Hierarchy main() {
        return Api.mainHierarchy();
    }
}
