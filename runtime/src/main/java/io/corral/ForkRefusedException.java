package io.corral;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A limit of {@link Limits#threadsMax()} or a {@link Subsystem} refused the start of a thread.
 * Nothing is charged. A platform thread is still {@code NEW}; a virtual one has ended, as when its
 * scheduler rejects it.
 */
public final class ForkRefusedException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Subsystem subsystem;

    public ForkRefusedException(String message) {
        this(message, null);
    }

    /** @param subsystem the subsystem that refused; null if it is unknown */
    public ForkRefusedException(String message, @Nullable Subsystem subsystem) {
        super(message);
        this.subsystem = subsystem;
    }

    /**
     * The subsystem that refused. Null if a limit did, in a deserialized exception, and if there
     * was not enough memory to create the exception at the refusal.
     */
    public @Nullable Subsystem subsystem() {
        return subsystem;
    }
}
