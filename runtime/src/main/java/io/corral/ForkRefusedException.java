package io.corral;

import java.util.concurrent.RejectedExecutionException;

/**
 * A {@link Subsystem} refused the start of a thread. Nothing is charged. A platform thread is still
 * {@code NEW}; a virtual one has ended, as when its scheduler rejects it.
 */
public final class ForkRefusedException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    public ForkRefusedException(String message) {
        super(message);
    }
}
