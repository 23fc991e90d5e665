package io.corral.runtime.container;

import io.corral.Container;
import io.corral.Hierarchy;

import org.jspecify.annotations.Nullable;

/**
 * Creates the API's objects for containers and hierarchies, which applications, subsystems and
 * observers get.
 */
public interface ApiObjects {

    Container container(ContainerNode node);

    Hierarchy hierarchy(HierarchyTree tree);

    /**
     * The node of a container that this has created; null for another implementation of
     * {@link Container}.
     */
    @Nullable ContainerNode node(Container container);

    /**
     * Holds the implementation. The package {@code api} sets it before anything asks for such an
     * object.
     */
    final class Current {

        public static volatile @Nullable ApiObjects objects;

        private Current() {}

        /** See {@link ApiObjects#node}. */
        public static @Nullable ContainerNode nodeOf(Container container) {
            return objects().node(container);
        }

        static ApiObjects objects() {
            ApiObjects known = objects;
            if (known == null) {
                throw new IllegalStateException("the API is not initialized");
            }
            return known;
        }
    }
}
