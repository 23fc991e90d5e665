package io.corral.it;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;

import java.util.concurrent.TimeUnit;

/** Runs in the forked JVM: a callback of a new container ends it. */
final class SystemExitInCallbackMain {

    static final int EXIT_CODE = 4;
    static final String CONTAINER = "/last";

    private SystemExitInCallbackMain() {}

    public static void main(String[] arguments) throws Exception {
        // By then Corral follows the recording, and reads totals at its end.
        TimeUnit.SECONDS.sleep(1);
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
