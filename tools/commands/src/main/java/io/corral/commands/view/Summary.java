package io.corral.commands.view;

import java.util.List;

/** The line with the parts of the process's CPU time. */
public final class Summary {

    private Summary() {}

    /** @param width the columns of the terminal; what does not fit is left out */
    public static String of(Rates rates, int width) {
        return FittedText.joined(
                width,
                List.of(
                        "process " + Numbers.percent(rates.process()) + "%",
                        ", containers " + Numbers.percent(rates.containers()) + "%",
                        " (Corral " + Numbers.percent(rates.own()) + "%)",
                        ", gc " + Numbers.percent(rates.gc()) + "%",
                        ", jit " + Numbers.percent(rates.jit()) + "%",
                        ", unattributed " + Numbers.percent(rates.unattributed()) + "%"));
    }
}
