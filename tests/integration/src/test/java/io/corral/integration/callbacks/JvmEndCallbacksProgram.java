package io.corral.integration.callbacks;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;

/** Prints each exit callback, including those at the JVM's end. */
final class JvmEndCallbacksProgram {

    private JvmEndCallbacksProgram() {}

    public static void main(String[] arguments) {
        Containers.register(new Subsystem() {
            @Override
            public void exit(Thread thread, Container container) {
                System.out.println("exit=" + thread.getName() + " of " + container);
            }
        });
    }
}
