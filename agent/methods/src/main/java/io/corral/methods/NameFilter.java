package io.corral.methods;

import java.util.BitSet;

/**
 * A Bloom filter of class names with one hash function. It takes 32 KB for any number of names,
 * since an application may generate any number of classes.
 */
final class NameFilter {

    private static final int BITS = 18;

    /** The multiplier of Fibonacci hashing, which spreads similar names. */
    private static final int MULTIPLIER = 0x9E3779B9;

    /** Guarded by this object's monitor. */
    private final BitSet hashes = new BitSet(1 << BITS);

    synchronized void add(String name) {
        hashes.set(hash(name));
    }

    /** Never false for a name that was added. */
    synchronized boolean mayContain(String name) {
        return hashes.get(hash(name));
    }

    private static int hash(String name) {
        return (name.hashCode() * MULTIPLIER) >>> (Integer.SIZE - BITS);
    }
}
