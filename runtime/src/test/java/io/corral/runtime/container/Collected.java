package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;

/** Waits until the garbage collector has taken something. */
public final class Collected {

    /** One is enough, unless a collector postpones something. */
    private static final int COLLECTIONS = 50;

    private Collected() {}

    public static void await(WeakReference<?> reference) {
        for (int i = 0; i < COLLECTIONS && !reference.refersTo(null); i++) {
            System.gc();
        }
        assertThat(reference.refersTo(null)).as("collected").isTrue();
    }
}
