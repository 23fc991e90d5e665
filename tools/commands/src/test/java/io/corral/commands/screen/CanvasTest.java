package io.corral.commands.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CanvasTest {

    @Test
    void keysAreInWordsOnTerminalsOfEachWidth() {
        assertThat(Canvas.keys(160))
                .containsExactly("q: quit   sort by c: CPU, p: time,"
                        + " m: allocation, t: threads, f: starts, n: name"
                        + "   w: who ran meanwhile   /: filter   h: hierarchy"
                        + "   arrows, space: fold");
        assertThat(Canvas.keys(80))
                .containsExactly(
                        "q: quit   sort by c: CPU, p: time, m: allocation, t: threads, f: starts,"
                                + " n: name",
                        "w: who ran meanwhile   /: filter   h: hierarchy   arrows,"
                                + " space: fold");
        assertThat(Canvas.keys(40))
                .containsExactly(
                        "q: quit   sort by c: CPU, p: time",
                        "m: allocation, t: threads, f: starts");
        assertThat(Canvas.keys(20)).containsExactly("q: quit", "sort by c: CPU");
    }
}
