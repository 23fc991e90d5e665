package io.corral.runtime.container;

/** Is told of each container that is created or removed. */
public interface ContainerListener {

    /** Called on the thread that created the container, without a lock. */
    void containerCreated(ContainerNode container);

    /** Called on the thread that removed the container, without a lock. */
    void containerRemoved(ContainerNode container);
}
