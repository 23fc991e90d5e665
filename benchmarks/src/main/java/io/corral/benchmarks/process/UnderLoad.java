package io.corral.benchmarks.process;

import java.io.IOException;

/** A service, and who loads it. */
record UnderLoad(ServiceJvm service, LoadJvm load) implements Switchable {

    @Override
    public void switchHooks(boolean on) throws IOException, InterruptedException {
        service.switchHooks(on);
    }

    @Override
    public void warm(int rounds) throws IOException, InterruptedException {
        service.warm(load, rounds);
    }

    @Override
    public Window measure(int rounds) throws IOException, InterruptedException {
        return service.measure(load, rounds);
    }

    @Override
    public long chargedNanos() throws IOException {
        return service.chargedNanos();
    }
}
