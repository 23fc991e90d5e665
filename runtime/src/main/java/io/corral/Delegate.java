package io.corral;

import java.util.List;

/**
 * A handle on a container for code that is to divide the work there and change nothing elsewhere:
 * it leads to the delegated container, which {@link Container#delegate()} was called on, and to the
 * containers below it, and never to one above or beside it. It moves only threads that are members
 * there, to places that are there. So its holder can't pull a thread in from outside and can't push
 * one out, even if it has the {@link Thread} object.
 *
 * <p>It confines code that uses only what it is given. Code that calls {@link Containers} finds all
 * containers.
 *
 * <p>{@link Object#toString()} is the container's hierarchy and path. Each call makes a new object.
 * Any thread may call.
 */
public interface Delegate {

    /** The container's absolute path, {@code "/plugins/mail/send"}. */
    String path();

    /** Handles on the children that are not removed, as of now, by name. */
    List<Delegate> children();

    /**
     * Makes a child; see {@link Container#create}.
     *
     * @throws IllegalArgumentException if the name is not of its form, or taken
     * @throws IllegalStateException if this container was removed
     */
    Delegate create(String name);

    /**
     * Finds or makes the container at a path below this one; see {@link Container#at}.
     *
     * @throws IllegalArgumentException if a part is no valid name
     * @throws IllegalStateException if this container was removed
     */
    Delegate at(String relativePath);

    /**
     * Works in this container until the scope is closed; see {@link Container#enter}.
     *
     * @throws IllegalStateException if this container was removed, or the calling thread does not
     *     work in the delegated container or below
     */
    Scope enter();

    /**
     * Moves a live thread here for good; see {@link Container#attach}.
     *
     * @throws IllegalArgumentException if the thread is not a member of the delegated container or
     *     of one below, or is not started, exiting or ended
     * @throws IllegalStateException if this container was removed, or a {@link Subsystem} has
     *     objected; the thread stays where it was
     */
    void attach(Thread thread);

    /**
     * Takes this container out of the hierarchy; see {@link Container#remove}.
     *
     * @throws IllegalStateException if there are members or children, or it was removed before
     * @throws UnsupportedOperationException if it is the delegated container itself
     */
    void remove();

    /** Whether this container was removed. */
    boolean isRemoved();

    /** What this container and those below it have used; see {@link Container#usage}. */
    Usage usage();
}
