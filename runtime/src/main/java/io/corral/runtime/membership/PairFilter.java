package io.corral.runtime.membership;

import io.corral.runtime.container.ContainerNode;

/**
 * A Bloom filter of pairs of containers. The rate of false positives is 1 in 5,000 for a million
 * pairs, and 1 in 100 for three million.
 */
final class PairFilter {

    private static final int BITS = 25;
    private static final int HASHES = 4;

    /** 4 MB. */
    private final long[] words = new long[1 << (BITS - 6)];

    /** The order of the two does not matter. */
    void add(ContainerNode one, ContainerNode other) {
        long hash = hash(one, other);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i);
            words[bit >> 6] |= 1L << bit;
        }
    }

    boolean mayHave(ContainerNode one, ContainerNode other) {
        long hash = hash(one, other);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i);
            if ((words[bit >> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Double hashing: each half of the 64 bits is a hash of its own. */
    private static int bit(long hash, int i) {
        return ((int) hash + i * ((int) (hash >>> 32) | 1)) >>> (32 - BITS);
    }

    /** The MurmurHash3 finalizer of both hash codes. */
    private static long hash(ContainerNode one, ContainerNode other) {
        boolean inOrder = one.hierarchy().index < other.hierarchy().index;
        long first = (inOrder ? one : other).hashCode();
        long hash = (first << 32) + (inOrder ? other : one).hashCode();
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }
}
