package io.corral.agent;

import io.corral.agent.options.Options;

/** Lines for the user, before the runtime is there to say them. */
record Lines(Options.Log level) {

    void error(String line) {
        say(Options.Log.ERROR, line);
    }

    void info(String line) {
        say(Options.Log.INFO, line);
    }

    void notActive(String reason) {
        error("not active: " + reason + ". The application runs unmetered.");
    }

    private void say(Options.Log of, String line) {
        if (of.compareTo(level) <= 0) {
            System.err.println("corral: " + line);
        }
    }
}
