package io.corral.runtime.placement;

import org.jspecify.annotations.Nullable;

/**
 * A rule for the names of containers, such as {@code name hz.*.* -> hz.{2}}: threads whose name is
 * like the {@linkplain Glob glob} count as if they had the other name.
 */
public final class NameRule {

    static final NameRule[] NONE = {};

    private final String source;
    private final Glob glob;
    private final String template;

    /** Texts and the numbers of stars, from 0, in turn: {@code "hz.", 1, ""}. */
    private final String[] texts;

    private final int[] stars;

    /** @param template with {@code {1}}, {@code {2}}, ... for what the stars have matched */
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

    /** The form that {@link DefaultRules} read. */
    public String compiled() {
        return "name\t" + source + "\t" + template;
    }

    /** The name that counts instead; null if the thread's name is not like this. */
    @Nullable String apply(String threadName) {
        if (!glob.matches(threadName)) {
            return null;
        }
        int[] matched = new int[18];
        glob.matches(threadName, matched);
        StringBuilder name = new StringBuilder(threadName.length());
        for (int i = 0; i < stars.length; i++) {
            name.append(texts[i])
                    .append(threadName, matched[2 * stars[i]], matched[2 * stars[i] + 1]);
        }
        return name.append(texts[stars.length]).toString();
    }
}
