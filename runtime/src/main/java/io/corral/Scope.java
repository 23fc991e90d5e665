package io.corral;

/**
 * A stay of a thread in a container, begun by {@link Container#enter()} and ended by
 * {@link #close()}.
 *
 * <p>A scope belongs to the thread that opened it, virtual or platform. Scopes nest: to close an
 * outer scope closes the open ones inside it. Scopes that are open when the thread ends are closed.
 */
public interface Scope extends AutoCloseable {

    /**
     * Ends the scope: the thread works again where it worked before. Does nothing if the scope is
     * closed already.
     *
     * @throws IllegalStateException if called by another thread than the one that opened the scope;
     *     nothing changes then
     */
    @Override
    void close();
}
