package io.corral.agent;

import io.corral.agent.options.Options;

/** Lines for the user, before the runtime is there to say them. */
record Lines(Options.Log level) {

    void error(String line) {
        if (level != Options.Log.OFF) {
            System.err.println("corral: " + line);
        }
    }

    void notActive(String reason) {
        error("not active: " + reason + ". The application runs unmetered.");
    }
}
