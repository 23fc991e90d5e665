package io.corral.runtime.container;

/** Thrown to the caller of a direct start if the container was removed. */
public final class ContainerRemovedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ContainerRemovedException(String message) {
        super(message);
    }
}
