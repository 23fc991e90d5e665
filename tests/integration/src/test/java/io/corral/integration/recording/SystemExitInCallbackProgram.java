package io.corral.integration.recording;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.integration.support.EventRegistration;

/** Runs in the forked JVM: a callback of a new container ends it. */
final class SystemExitInCallbackProgram {

    static final int EXIT_CODE = 4;
    static final String CONTAINER = "/last";

    private SystemExitInCallbackProgram() {}

    public static void main(String[] arguments) throws Exception {
        // Waits until the events are registered, so that Corral reads totals at the recording's
        // end.
        EventRegistration.await("corral.ContainerTotal");
        Containers.register(new Subsystem() {
            @Override
            public Object containerCreated(Container container) {
                if (container.path().equals(CONTAINER)) {
                    System.exit(EXIT_CODE);
                }
                return container;
            }
        });
        Containers.at(CONTAINER);
    }
}
