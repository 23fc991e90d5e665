package io.corral;

import java.util.Map;

/** One tree of containers. Every live thread has exactly one place in each hierarchy. */
public interface Hierarchy {

    /** Its name: {@code main}, or what was given to {@link Containers#hierarchy}. */
    String name();

    /** The root, which holds each thread that is in no other container. It can't be removed. */
    Container root();

    /**
     * The container in which the calling thread works now: that of its innermost scope, else its
     * home.
     */
    Container current();

    /**
     * The container of which {@code thread} is a member. The root if the thread is not started, is
     * exiting or has ended. The scopes of the thread are not considered.
     */
    Container of(Thread thread);

    /**
     * Finds the container at an absolute path, or creates it, with its parents.
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
