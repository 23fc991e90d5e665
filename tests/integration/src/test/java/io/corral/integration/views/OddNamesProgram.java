package io.corral.integration.views;

import io.corral.Containers;

import java.io.IOException;
import java.util.List;

/** Has containers whose names a screen or a line of JSON must not take for its own marks. */
final class OddNamesProgram {

    static final List<String> NAMES = List.of(
            "\"quoted\", \\ and 'so'",
            "<b>bold<b>",
            "\uD83D\uDC04 cow",
            "\u05D0\u05D1\u05D2 right to left",
            "a name with blanks");

    private OddNamesProgram() {}

    public static void main(String[] arguments) throws IOException {
        for (String name : NAMES) {
            Containers.at("/odd/" + name);
        }
        System.out.println("ready");
        // Any line ends the program.
        System.in.read();
    }
}
