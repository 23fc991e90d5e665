package io.corral.rules.language;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.ThreadFacts;

import org.jspecify.annotations.Nullable;

/**
 * Logs warnings about one rule in force. Each kind is logged once, since there may be thousands.
 */
public final class RuleWarnings {

    private static final int MAX_QUOTED_LENGTH = 80;

    private static final String FURTHER_VALUES =
            "; further values go to \"" + Placeholder.OVERFLOW + "\"";

    private final String location;
    private volatile boolean isUnplacedLogged;
    private volatile boolean isUnknownVersionLogged;
    private volatile boolean isFullLogged;
    private volatile boolean isExhaustedLogged;
    private volatile boolean isBoundLogged;
    private volatile boolean isDeepLogged;
    private volatile boolean isAssemblyLogged;
    private volatile boolean isTakenLogged;

    /** @param location the file and line of the rule */
    public RuleWarnings(String location) {
        this.location = location;
    }

    /** Whether {@link #unplaced} has not been logged yet. */
    public boolean mayReportUnplaced() {
        return !isUnplacedLogged;
    }

    public void unplaced(ThreadFacts thread, @Nullable String why) {
        unplaced("thread " + quoted(thread.name()), why);
    }

    /** @param subject the thread or execution that could not be placed */
    public void unplaced(String subject, @Nullable String why) {
        if (!isUnplacedLogged) {
            isUnplacedLogged = true;
            Log.error(location + ": " + subject
                    + " is placed as if this rule were not there (logged once): " + why);
        }
    }

    /** @param origin the file that the server's class comes from */
    public void unknownVersion(String server, String className, String origin) {
        if (!isUnknownVersionLogged) {
            isUnknownVersionLogged = true;
            Log.error(location + ": this version of " + server + " is unknown (" + origin
                    + "), since none of the known methods is in " + className
                    + "; its requests are placed as if this rule were not there");
        }
    }

    /** @param below the container that has as many children as rules may create */
    void full(ContainerNode below) {
        if (!isFullLogged) {
            isFullLogged = true;
            Log.error(location + ": there is no room for more containers in " + below
                    + ", and none may give way" + FURTHER_VALUES
                    + " until one may (options places and idle, logged once)");
        }
    }

    /** Warns that the rule has as many containers as a rule may. */
    void exhausted(int containers) {
        if (!isExhaustedLogged) {
            isExhaustedLogged = true;
            Log.error(location + ": the rule has " + containers
                    + " containers, ten times the option places" + FURTHER_VALUES
                    + " until there are fewer (logged once)");
        }
    }

    /** Warns that there are as many containers as the option {@code containers} allows. */
    void boundReached(int containers) {
        if (!isBoundLogged) {
            isBoundLogged = true;
            Log.error(location + ": there are " + containers
                    + " containers, the bound of the option containers" + FURTHER_VALUES
                    + " (logged once)");
        }
    }

    /** Warns that a path has more names than the option {@code depth} allows. */
    void deep(int depth) {
        if (!isDeepLogged) {
            isDeepLogged = true;
            Log.error(location + ": a path has more than " + depth
                    + " names, the bound of the option depth; its threads and requests go to \""
                    + Placeholder.OVERFLOW + "\" (logged once)");
        }
    }

    /** @param methods what the rule names; its class was loaded */
    public void absent(String methods) {
        Log.error(location + ": the class that was loaded has no method " + methods
                + " with a body; its calls are charged as without this rule");
    }

    /** @param type what the method returns */
    public void assembles(String method, String type) {
        if (!isAssemblyLogged) {
            isAssemblyLogged = true;
            Log.error(location + ": " + method + " returns a " + type
                    + ", which runs after the method has returned: the rule covers only the code"
                    + " that puts it together; name the method that does the work");
        }
    }

    /** @param from the container of a scope that was open before the server's first filter */
    public void takes(ContainerNode from, ContainerNode to) {
        if (!isTakenLogged) {
            isTakenLogged = true;
            Log.error(location + ": a request was in " + from + " before its first filter or"
                    + " handler, and this line takes it to " + to + " (logged once); to keep it,"
                    + " enter " + from + " in a filter or in the handler");
        }
    }

    /** The text in quotes, cut if it is long. */
    public static String quoted(String text) {
        boolean isLong = text.length() > MAX_QUOTED_LENGTH;
        return "\"" + (isLong ? text.substring(0, MAX_QUOTED_LENGTH) + "…" : text) + "\"";
    }
}
