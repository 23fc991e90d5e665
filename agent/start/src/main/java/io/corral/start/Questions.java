package io.corral.start;

import io.corral.runtime.api.PlacementExplanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The questions of tools, which load the agent again with a question in place of options. */
final class Questions {

    /** Which rule placed a thread? The thread's ID or name follows. */
    private static final String WHY = "why=";

    /** Which rules have matched nothing? */
    private static final String UNMATCHED = "rules?";

    private Questions() {}

    /**
     * @param active null if no agent is active; then the answer is empty
     * @return the lines of the answer; null if the arguments are no question
     */
    static @Nullable List<String> answer(String arguments, @Nullable ActiveAgent active) {
        if (arguments.startsWith(WHY)) {
            return active == null
                    ? List.of()
                    : PlacementExplanation.lines(arguments.substring(WHY.length()));
        }
        if (arguments.equals(UNMATCHED)) {
            return active == null ? List.of() : active.rules().unmatched();
        }
        return null;
    }
}
