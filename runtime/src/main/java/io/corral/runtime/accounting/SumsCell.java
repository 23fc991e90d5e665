package io.corral.runtime.accounting;

/**
 * Sums of some of the threads that add to {@link Counters}. With what it is padded by none of them lies on a cache line, of 64
 * bytes, of another cell's, wherever the JVM puts the two: with headers of 8 bytes, too.
 */
final class SumsCell extends Sums {

    private long unused1;
    private long unused2;
    private long unused3;
    private long unused4;
    private long unused5;
    private long unused6;
}
