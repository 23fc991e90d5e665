package io.corral.examples.demo;

/** The demo can't go on. The message is one line for the user; more lines only quote a process. */
final class DemoFailure extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }
}
