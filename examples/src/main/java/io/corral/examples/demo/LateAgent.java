package io.corral.examples.demo;

import io.corral.examples.service.UsageReading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** With {@code --attach}, loads the agent into the service in the middle of the load. */
final class LateAgent implements LoadProcess.Tick {

    /** Of the load, which goes on meanwhile. */
    private static final int ATTACHED_AT_SECOND = 2;

    /** So much later what is compiled anew for the agent is compiled. */
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

    /** What the API said when the agent was there. */
    UsageReading firstReading() throws DemoFailure {
        @Nullable UsageReading reading = first;
        if (reading == null) {
            throw new DemoFailure(
                    "the load was over before the agent had come; --seconds N makes it longer");
        }
        return reading;
    }
}
