package io.corral.integration.exhaustion;

import org.jspecify.annotations.Nullable;

/** Fills the heap up to the last few bytes. */
final class HeapBallast {

    /**
     * A linked list, newest first: the first element of each array refers to the array before it.
     */
    private Object @Nullable [] newest;

    /** Fills all of the heap, or what {@link #leaveRoom} has left. */
    void fill() {
        // Each length costs some full collections.
        for (int length = newest == null ? 100_000 : 250; length >= 1; length /= 20) {
            try {
                while (true) {
                    Object[] next = new Object[length];
                    next[0] = newest;
                    newest = next;
                }
            } catch (OutOfMemoryError full) {
                // The heap has no room for an array of this length.
            }
        }
    }

    /** Leaves room for some small objects again. */
    void leaveRoom(int objects) {
        for (int i = 0; i < objects && newest != null; i++) {
            newest = (Object[]) newest[0];
        }
    }

    void release() {
        newest = null;
    }
}
