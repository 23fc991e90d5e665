package io.corral;

import java.util.Map;

/** One tree of containers. Every live thread has exactly one place in each hierarchy. */
public interface Hierarchy {

    /** Its name: {@code main}, or what was given to {@link Containers#hierarchy}. */
    String name();

    /** The container of each thread that is in no other. It can't be removed. */
    Container root();

    /** Where the calling thread works now: the innermost scope's container, else its home. */
    Container current();

    /**
     * Where {@code thread} is a member; the root for one that is not started, exiting or ended.
     * Scopes do not count: they belong to the thread that opened them.
     */
    Container of(Thread thread);

    /**
     * Finds or makes the container at an absolute path, with its parents.
     *
     * @param path {@code "/"}, or names with a {@code /} before each and none at the end
     * @throws IllegalArgumentException if a part is no valid name (see {@link Container#create}),
     *     or the path is longer than the option {@code depth} allows
     * @throws IllegalStateException if there are as many containers as the option
     *     {@code containers} allows
     */
    Container at(String path);

    /**
     * The usage of each container of this hierarchy, all from one reading. A container's
     * {@link Container#usage()} is exactly the sum of its {@link Container#ownUsage()} and its
     * children's usage. Only {@code /jvm/gc}, {@code /jvm/jit} and {@code /jvm/other} show the
     * JVM's own threads, which no total above them includes. Parents come before their children.
     * See {@link Containers#snapshot()} for all hierarchies at once.
     */
    Map<Container, Usage> usages();
}
