package io.corral.agent.entry;

import java.util.BitSet;

/** Names that were added, and by chance some that were not. However many there are it takes 32 KB: classes may be made without end. */
final class NamesAboutSo {

    private static final int BITS = 18;

    /** The golden ratio's part of 2<sup>32</sup>: names that differ a little lie far from each other. */
    private static final int SCATTER = 0x9E3779B9;

    /** Guarded by this. */
    private final BitSet hashes = new BitSet(1 << BITS);

    synchronized void add(String name) {
        hashes.set(hash(name));
    }

    /** Never false for one that was added. */
    synchronized boolean mayContain(String name) {
        return hashes.get(hash(name));
    }

    private static int hash(String name) {
        return (name.hashCode() * SCATTER) >>> (Integer.SIZE - BITS);
    }
}
