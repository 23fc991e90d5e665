package io.corral.report.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A growing list of numbers. It grows by blocks and copies none of them, since a large recording
 * has lists that fill half of the heap.
 */
public final class LongList {

    private static final int BLOCK_BITS = 14;
    private static final int BLOCK = 1 << BLOCK_BITS;
    private static final int FIRST = 16;

    /** All full but for the last one. */
    private final List<long[]> blocks = new ArrayList<>();

    private int size;

    public void add(long value) {
        int block = size >>> BLOCK_BITS;
        int index = size & (BLOCK - 1);
        if (block == blocks.size()) {
            blocks.add(new long[block == 0 ? FIRST : BLOCK]);
        } else if (index == blocks.get(block).length) {
            // Many lists are short, so the first block begins small.
            blocks.set(block, Arrays.copyOf(blocks.get(block), 2 * index));
        }
        blocks.get(block)[index] = value;
        size++;
    }

    public long get(int index) {
        return blocks.get(index >>> BLOCK_BITS)[index & (BLOCK - 1)];
    }

    public int size() {
        return size;
    }
}
