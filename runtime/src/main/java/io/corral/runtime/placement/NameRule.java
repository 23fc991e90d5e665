package io.corral.runtime.placement;

import org.jspecify.annotations.Nullable;

/**
 * A rule for the names of containers, such as {@code name hz.*.* -> hz.{2}}: a thread with a name
 * that matches the {@linkplain Glob glob} is treated as if it had the other name.
 */
public final class NameRule {

    static final NameRule[] NONE = {};

    private final String source;
    private final Glob glob;
    private final String template;

    /** The template in parts: texts and indexes of stars alternate, as in {@code "hz.", 1, ""}. */
    private final String[] texts;

    private final int[] stars;

    /** @param template a name with {@code {1}}, {@code {2}}, ... for the matches of the stars */
    public NameRule(String glob, String template) {
        this.source = glob;
        this.glob = new Glob(glob, true);
        this.template = template;
        int count = 0;
        for (int at = template.indexOf('{'); at >= 0; at = template.indexOf('{', at + 1)) {
            count++;
        }
        texts = new String[count + 1];
        stars = new int[count];
        int begin = 0;
        for (int i = 0; i < count; i++) {
            int open = template.indexOf('{', begin);
            texts[i] = template.substring(begin, open);
            stars[i] = template.charAt(open + 1) - '1';
            begin = open + 3;
        }
        texts[count] = template.substring(begin);
    }

    public String glob() {
        return source;
    }

    /** The compiled form, which {@link DefaultRules} reads. */
    public String compiled() {
        return "name\t" + source + "\t" + template;
    }

    /** The name that replaces the thread's name; null if that does not match. */
    @Nullable String apply(String threadName) {
        if (!glob.matches(threadName)) {
            return null;
        }
        int[] matched = new int[18];
        glob.matchesFromStart(threadName, matched);
        StringBuilder name = new StringBuilder(threadName.length());
        for (int i = 0; i < stars.length; i++) {
            name.append(texts[i])
                    .append(threadName, matched[2 * stars[i]], matched[2 * stars[i] + 1]);
        }
        return name.append(texts[stars.length]).toString();
    }
}
