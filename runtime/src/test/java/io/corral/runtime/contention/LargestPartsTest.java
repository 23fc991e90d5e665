package io.corral.runtime.contention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LargestPartsTest {

    private final LargestParts parts = new LargestParts();

    @Test
    void largestComesFirst() {
        parts.add("/b", 2);
        parts.add("/a", 1);
        parts.add("/a", 3);
        assertThat(parts.largest(3, 0))
                .containsExactly(new RanMeanwhile.Other("/a", 4), new RanMeanwhile.Other("/b", 2));
        assertThat(parts.largest(1, 0)).containsExactly(new RanMeanwhile.Other("/a", 4));
        assertThat(parts.largest(3, 3)).containsExactly(new RanMeanwhile.Other("/a", 4));
    }

    @Test
    void largeOnesAreKeptAmongThousandsOfSmallOnes() {
        for (int i = 0; i < 10_000; i++) {
            parts.add("/small/" + i, 1);
            parts.add("/noisy", 10);
            parts.add("/loud", 5);
        }
        assertThat(parts.largest(2, 0))
                .extracting(RanMeanwhile.Other::path)
                .containsExactly("/noisy", "/loud");
        assertThat(parts.largest(100, 0)).hasSize(LargestParts.KEPT);
    }

    @Test
    void nothingIsLeftAfterClear() {
        parts.add("/a", 1);
        parts.scale(0.5);
        parts.clear();
        assertThat(parts.largest(3, 0)).isEmpty();
        parts.add("/a", 2);
        assertThat(parts.largest(3, 0)).containsExactly(new RanMeanwhile.Other("/a", 2));
    }
}
