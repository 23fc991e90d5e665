package io.corral.runtime.container;

/** An explicit start names a removed container. Thrown to the caller of the start. */
public final class ContainerRemovedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ContainerRemovedException(String message) {
        super(message);
    }
}
