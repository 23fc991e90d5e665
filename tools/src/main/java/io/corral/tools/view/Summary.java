package io.corral.tools.view;

/** The line that says where the process's CPU time goes. */
public final class Summary {

    private Summary() {}

    public static String of(Rates rates) {
        double containers =
                rates.rows().isEmpty() ? Double.NaN : rates.rows().get(0).cpus();
        return "process " + Numbers.percent(rates.process())
                + " %, containers " + Numbers.percent(containers)
                + " % (Corral " + Numbers.percent(rates.own())
                + " %), gc " + Numbers.percent(rates.gc())
                + " %, jit " + Numbers.percent(rates.jit())
                + " %, teardown " + Numbers.percent(rates.teardown())
                + " %, unattributed " + Numbers.percent(rates.unattributed()) + " %";
    }
}
