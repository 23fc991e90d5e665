package io.corral;

import java.util.List;

/**
 * A handle on a container, for code that may divide the work there and change nothing elsewhere.
 * The <em>delegated</em> container is the one on which {@link Container#delegate()} was called. A
 * handle gives access to it and to the containers below it, and to no other container. It moves
 * only threads that are members of these containers, and only between them. So its holder can
 * neither move a thread in from outside nor move one out, even if it has the {@link Thread} object.
 *
 * <p>It confines code that uses only what it is given. Code that calls {@link Containers} has
 * access to all containers.
 *
 * <p>{@link Object#toString()} is the container's hierarchy and path. Each call makes a new object.
 * Any thread may call.
 */
public interface Delegate {

    /** The container's absolute path, {@code "/plugins/mail/send"}. */
    String path();

    /** Handles on the children that are not removed, sorted by name, as of now. */
    List<Delegate> children();

    /**
     * Creates a child; see {@link Container#create}.
     *
     * @throws IllegalArgumentException if the name does not have the required form, or is taken
     * @throws IllegalStateException if this container was removed
     */
    Delegate create(String name);

    /**
     * Finds or creates the container at a path below this one; see {@link Container#at}.
     *
     * @throws IllegalArgumentException if a part is no valid name
     * @throws IllegalStateException if this container was removed
     */
    Delegate at(String relativePath);

    /**
     * Makes the calling thread work in this container until the scope is closed; see
     * {@link Container#enter}.
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

    /** The usage of this container and of those below it; see {@link Container#usage}. */
    Usage usage();
}
