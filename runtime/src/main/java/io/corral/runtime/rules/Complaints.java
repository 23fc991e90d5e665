package io.corral.runtime.rules;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.notice.Log;

import org.jspecify.annotations.Nullable;

/** What a rule in force has to complain about: each thing once, since there may be thousands. */
final class Complaints {

    private static final int LONGEST_SAID = 80;

    private static final String FURTHER_VALUES =
            "; further values go to \"" + PathTemplate.OVERFLOW + "\"";

    private static final String COMBINATIONS =
            ": there are too many combinations of containers in several hierarchies";

    private final String location;
    private volatile boolean isUnfitSaid;
    private volatile boolean isFullSaid;
    private volatile boolean isExhaustedSaid;
    private volatile boolean isCrowdedSaid;
    private volatile boolean isCrowdedOutSaid;

    /** @param location the rule's file and line */
    Complaints(String location) {
        this.location = location;
    }

    /** Whether nothing was said yet of what could not be placed. */
    boolean maySayUnfit() {
        return !isUnfitSaid;
    }

    /** @param who could not be placed */
    void unfit(String who, @Nullable String why) {
        if (!isUnfitSaid) {
            isUnfitSaid = true;
            Log.error(location + ": " + who
                    + " is placed as if this rule were not there (said once): " + why);
        }
    }

    /** @param below where there is no room for more containers */
    void full(ContainerNode below) {
        if (!isFullSaid) {
            isFullSaid = true;
            Log.error(location + ": there is no room for more containers in " + below
                    + FURTHER_VALUES + " (said once)");
        }
    }

    /** That a rule has made as many containers as one may. */
    void exhausted(int containers) {
        if (!isExhaustedSaid) {
            isExhaustedSaid = true;
            Log.error(location + ": the rule has made " + containers
                    + " containers, and makes no more" + FURTHER_VALUES
                    + " until the file changes (said once)");
        }
    }

    /** That there are many combinations of containers in several hierarchies. */
    void crowded(ContainerNode instead) {
        if (!isCrowdedSaid) {
            isCrowdedSaid = true;
            Log.error(location + COMBINATIONS + "; what comes further goes to " + instead
                    + " in place of its own (said once)");
        }
    }

    /** That there are so many of them that an overflow is no help. */
    void crowdedOut() {
        if (!isCrowdedOutSaid) {
            isCrowdedOutSaid = true;
            Log.error(
                    location + COMBINATIONS + "; what comes further stays where it is (said once)");
        }
    }

    /** On one line, and not too long. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST_SAID); i++) {
            char c = text.charAt(i);
            quoted.append(Character.isISOControl(c) ? '?' : c);
        }
        return quoted.append(text.length() > LONGEST_SAID ? "…\"" : "\"").toString();
    }
}
