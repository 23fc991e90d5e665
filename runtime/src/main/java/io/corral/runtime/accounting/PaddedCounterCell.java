package io.corral.runtime.accounting;

/**
 * The sums of some of the threads that add to {@link StripedCounters}. The padding keeps them on a
 * different cache line (64 bytes) from another cell's sums. Threads that share a line take 170 ns
 * more for a pair of {@code enter} and {@code close}, measured with two threads in one container.
 */
final class PaddedCounterCell extends CounterCell {

    private long unused1;
    private long unused2;
    private long unused3;
    private long unused4;
    private long unused5;
}
