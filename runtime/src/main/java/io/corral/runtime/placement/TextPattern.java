package io.corral.runtime.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Glob}, or a regular expression of the user's. It must match a whole text. */
public interface TextPattern {

    /** How many parts of a text the pattern captures. */
    int groups();

    /** Whether the pattern matches every text. */
    boolean matchesAll();

    /**
     * @param captures receives the captured parts on a match, with an empty text for a group that
     *     did not take part; null if nobody needs them
     */
    boolean matches(String text, @Nullable List<String> captures);
}
