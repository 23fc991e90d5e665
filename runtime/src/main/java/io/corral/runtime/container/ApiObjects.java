package io.corral.runtime.container;

import io.corral.Container;
import io.corral.Hierarchy;

import org.jspecify.annotations.Nullable;

/**
 * Makes the objects by which applications, subsystems and observers know containers and
 * hierarchies.
 */
public interface ApiObjects {

    Container container(ContainerNode node);

    Hierarchy hierarchy(HierarchyTree tree);

    /** The node of an object that this has made; null for another one. */
    @Nullable ContainerNode node(Container container);

    /** Holds the maker. The package {@code api} sets it before anything asks for such an object. */
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
