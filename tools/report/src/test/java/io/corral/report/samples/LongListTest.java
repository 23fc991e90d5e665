package io.corral.report.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongListTest {

    @Test
    void numbersOfSeveralBlocksAreInTheOrderInWhichTheyWereAdded() {
        LongList list = new LongList();
        int size = 100_000;
        for (int i = 0; i < size; i++) {
            assertThat(list.size()).isEqualTo(i);
            list.add(-i);
        }
        for (int i = 0; i < size; i++) {
            assertThat(list.get(i)).isEqualTo(-i);
        }
    }
}
