package io.corral.examples.demo;

/**
 * Ends the demo. The message is one line for the user, followed by lines that a process printed.
 */
final class DemoFailure extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }
}
