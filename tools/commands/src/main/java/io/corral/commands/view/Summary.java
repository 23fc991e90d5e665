package io.corral.commands.view;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The line with the parts of the process's CPU time. */
public final class Summary {

    private static final double MILLIS = 1e3;

    private Summary() {}

    /** What is there instead until there are rates: what the screen waits for. */
    public static String beforeRates(Duration delay, int width) {
        String seconds = new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(delay.toMillis() / MILLIS);
        return FittedText.joined(
                width,
                List.of(
                        "waiting " + seconds + " s for the second reading",
                        ", which has the rates"));
    }

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
