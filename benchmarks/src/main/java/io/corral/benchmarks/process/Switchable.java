package io.corral.benchmarks.process;

import java.io.IOException;

/** A service under its load, whose hooks can be switched off and on. */
interface Switchable {

    void switchHooks(boolean on) throws IOException, InterruptedException;

    void warm(int rounds) throws IOException, InterruptedException;

    Window measure(int rounds) throws IOException, InterruptedException;

    /** See {@link ServiceJvm#chargedNanos}. */
    long chargedNanos() throws IOException;

    /**
     * A switch that switches nothing would make Corral cost nothing.
     *
     * @param charged what tenants were charged for requests since the switch
     */
    static void checkCharges(boolean isOn, long charged) throws IOException {
        if (isOn != (charged != 0)) {
            throw new IOException("with its hooks " + (isOn ? "on" : "off")
                    + " Corral has charged tenants " + charged + " ns");
        }
    }
}
