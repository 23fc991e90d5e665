package io.corral.start;

import io.corral.launcher.AgentStarter;
import io.corral.options.EscapedLine;
import io.corral.options.Options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lines for the user, before the runtime is loaded. All lines are kept for the tool that loaded the
 * agent; those of the chosen level are also printed.
 */
final class StartMessages {

    private final Options.Log level;

    /** Other threads may add lines too. */
    private final List<String> all = Collections.synchronizedList(new ArrayList<>());

    /** Lines about requested options that have failed, although the agent is active. */
    private final List<String> failed = new ArrayList<>();

    StartMessages(Options.Log level) {
        this.level = level;
    }

    List<String> all() {
        return all;
    }

    void error(String line) {
        say(Options.Log.ERROR, line);
    }

    /** Adds a line with which the tool that loaded the agent fails. */
    void failure(String line) {
        failed.add(EscapedLine.of(line));
        print(Options.Log.ERROR, EscapedLine.of(line));
    }

    void info(String line) {
        say(Options.Log.INFO, line);
    }

    void notActive(String reason) {
        error("not active: " + reason + ". The application runs unmetered.");
    }

    private void say(Options.Log of, String text) {
        String line = EscapedLine.of(text);
        all.add(line);
        print(of, line);
    }

    private void print(Options.Log of, String line) {
        if (of.compareTo(level) <= 0) {
            System.err.println("corral: " + line);
        }
    }

    /** Leaves the lines for the tool that loaded the agent. */
    void leave() {
        synchronized (all) {
            System.setProperty(AgentStarter.MESSAGES_PROPERTY, String.join("\n", all));
            System.setProperty(AgentStarter.FAILED_OPTIONS_PROPERTY, String.join("\n", failed));
        }
    }
}
