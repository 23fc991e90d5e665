package io.corral;

/**
 * A stretch of work in a container, begun by {@link Container#enter()} and ended by
 * {@link #close()}.
 *
 * <p>A scope belongs to the thread that opened it, virtual or platform. Scopes nest: closing an
 * outer one closes those opened inside it and still open. Scopes that are open when the thread ends
 * are closed.
 */
public interface Scope extends AutoCloseable {

    /**
     * Goes back to where the thread worked before this scope. Does nothing on a closed scope.
     *
     * @throws IllegalStateException if called by another thread than the one that opened the scope;
     *     nothing changes then
     */
    @Override
    void close();
}
