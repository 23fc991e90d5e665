package io.corral.examples.demo;

import io.corral.examples.service.UsageReading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Loads the agent into the service while the load runs, if {@code --attach} asks for it. */
final class LateAgent implements LoadProcess.Tick {

    /** The load goes on meanwhile. */
    private static final int ATTACHED_AT_SECOND = 2;

    /** Late enough that woven methods are compiled again. */
    private static final int FIRST_READ_AT_SECOND = 4;

    private final ServiceProcess service;
    private final DemoOptions options;
    private @Nullable UsageReading first;

    LateAgent(ServiceProcess service, DemoOptions options) {
        this.service = service;
        this.options = options;
    }

    @Override
    public void second(int second) throws DemoFailure, IOException, InterruptedException {
        if (!options.attach()) {
            return;
        }
        if (second == ATTACHED_AT_SECOND) {
            service.attach(options);
        } else if (second == FIRST_READ_AT_SECOND) {
            first = service.usage();
        }
    }

    /** The first usage that was read after the agent had been loaded. */
    UsageReading firstReading() throws DemoFailure {
        @Nullable UsageReading reading = first;
        if (reading == null) {
            throw new DemoFailure(
                    "the load ended before the agent was loaded; make it longer with --seconds N");
        }
        return reading;
    }
}
