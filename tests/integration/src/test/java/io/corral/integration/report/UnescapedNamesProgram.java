package io.corral.integration.report;

import io.corral.Containers;
import io.corral.Scope;

import java.util.List;

/** Uses CPU time in containers whose names would do harm in a page that does not escape them. */
final class UnescapedNamesProgram {

    static final List<String> NAMES = List.of(
            "<img src=x onerror=alert(1)>",
            "<\\script><script>throw 1",
            "<!-- \"quoted\" & 'so'",
            "\uD83D\uDC04 cow",
            "\u05D0\u05D1\u05D2 right to left",
            "${x} \\u003c");

    private static final int STEPS = 200_000_000;

    private static volatile long result;

    private UnescapedNamesProgram() {}

    public static void main(String[] arguments) {
        for (String name : NAMES) {
            try (Scope scope = Containers.at("/odd/" + name).enter()) {
                long value = 1;
                for (int i = 0; i < STEPS; i++) {
                    value = value * 31 + i;
                }
                result = value;
            }
        }
        System.out.println("done=" + (result != 0));
    }
}
