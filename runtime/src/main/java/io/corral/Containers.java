package io.corral;

import io.corral.runtime.api.Api;

import java.time.Duration;
import java.util.Map;
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
     * The container in which the calling thread works now, in the hierarchy {@code main}; see
     * {@link Hierarchy#current()}.
     */
    public static Container current() {
        return main().current();
    }

    /**
     * The container of which {@code thread} is a member, in the hierarchy {@code main}; see
     * {@link Hierarchy#of}.
     */
    public static Container of(Thread thread) {
        return main().of(thread);
    }

    /** Finds or creates a container of the hierarchy {@code main}; see {@link Hierarchy#at}. */
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
     * What the limits of each container have done, for the containers of all hierarchies that have
     * a limit now; parents come before their children. Empty without limits. Any thread may call.
     */
    public static Map<Container, LimitStat> limitStats() {
        return Api.limitStats();
    }

    /**
     * Whether limits let everything pass, since they were switched off by the command, or since
     * they can't be kept.
     */
    public static boolean areLimitsOpen() {
        return Api.areLimitsOpen();
    }

    /**
     * Finds or creates a hierarchy.
     *
     * @param name has the form of a container's name (see {@link Container#create})
     * @throws IllegalArgumentException if the name does not have this form
     */
    public static Hierarchy hierarchy(String name) {
        return Api.hierarchy(name);
    }

    /**
     * Makes the calling thread work in two containers at once until the scope is closed. This is
     * like {@link Container#enter() enter} of one inside that of the other. But the thread switches
     * only once at each end, so that half as many clocks are read.
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
     * if threads first worked in both containers, or in containers below them, when the JVM had as
     * many combinations of containers as the option {@code combinations} allows. Rarely, the usage
     * of another pair is unknown too.
     *
     * @param one a container of one hierarchy, with what is below it
     * @param other a container of another hierarchy, with what is below it
     * @throws IllegalArgumentException if both are of one hierarchy
     */
    public static Usage usage(Container one, Container other) {
        return Api.usage(one, other);
    }

    /**
     * Returns a reading of all containers that is at most 100 ms old, so that views that ask at
     * about the same time share one. Its numbers may be smaller than those of a
     * {@link Container#usage()} that was read since. Any thread may call.
     */
    public static Snapshot snapshot() {
        return Api.snapshot();
    }

    /**
     * Returns a reading of all containers that is at most {@code maxAge} old. {@link Duration#ZERO}
     * takes a new one.
     *
     * @throws IllegalArgumentException if {@code maxAge} is negative
     * @see #snapshot()
     */
    public static Snapshot snapshot(Duration maxAge) {
        return Api.snapshot(maxAge);
    }

    /**
     * Runs {@code task} on the calling thread and returns its usage: CPU time and allocation of the
     * task itself, of the threads that it starts, and of the tasks that it hands over to other
     * threads, until it returns. Virtual threads are measured too. What its threads and tasks use
     * after it has returned is charged to their containers only.
     *
     * <p>Containers are charged as they would be without this method. Any thread may call it, in
     * any container. A measured task within another one counts for both. Scopes that the task
     * leaves open are closed. If the task closes a scope that was opened before, the measurement
     * ends there.
     *
     * <p>In the result, {@link Usage#forks()} and {@link Usage#exits()} count the threads that the
     * task started, and {@link Usage#threads()} and {@link Usage#virtualThreads()} those that have
     * not ended. {@link Usage#cpuNanos()} is exact. What threads that still run have allocated
     * since their last switch is an estimate.
     *
     * <p>If the task makes a pool start workers, these are not counted as its threads. A task in a
     * pool counts if it is charged to its submitter: {@code docs/hand-over.md} lists the executors
     * for which this holds. Tasks that a rule charges to their pool do not count.
     *
     * @return the usage. Each number is {@link Usage#UNKNOWN} without the agent, and if the calling
     *     thread runs its own {@link Subsystem#exit} callbacks, since these are not measured
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
     * The CPU time and the allocation of the calling thread itself, whatever containers it has
     * worked for. Both are exact. The difference between two calls on a thread is what it has used
     * in between. It costs a reading of both clocks of the thread.
     *
     * <p>A platform thread's numbers count from its start. A virtual thread's count from its first
     * call of this method on. From then on each of its mounts and dismounts reads the clocks.
     *
     * <p>In the result, {@link Usage#settledAllocatedBytes()} equals
     * {@link Usage#allocatedBytes()}, and all numbers that a thread does not have are
     * {@link Usage#UNKNOWN}.
     *
     * @return the usage. Each number is {@link Usage#UNKNOWN} without the agent, and if the calling
     *     thread is not a member, as in its own {@link Subsystem#exit} callbacks
     */
    public static Usage currentThreadUsage() {
        return Api.currentThreadUsage();
    }

    /**
     * Attaches a subsystem to its hierarchy. It is told of all existing containers, each parent
     * before its children, and then of each platform thread that is a member (see
     * {@link Subsystem#adopt}). These callbacks run on the calling thread. From then on it is told
     * of each fork and exit. Any thread may call.
     *
     * @throws IllegalArgumentException if it is registered already
     * @throws IllegalStateException if there were more than 65,000 registrations in this JVM
     */
    public static void register(Subsystem subsystem) {
        Api.register(subsystem);
    }

    /**
     * Detaches a subsystem. After this returns, none of its callbacks begins; one may still be
     * running on another thread. Its states ({@link Container#state}) are dropped. If it is
     * registered again, it is told of all threads again. Any thread may call, also from a callback.
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
