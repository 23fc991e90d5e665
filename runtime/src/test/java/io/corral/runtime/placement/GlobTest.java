package io.corral.runtime.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GlobTest {

    /** Stars that match as little as possible, and all the digits, are regular expressions too. */
    @Test
    void globMatchesWhatItsRegularExpressionMatches() {
        Random random = new Random(38);
        for (int i = 0; i < 200_000; i++) {
            String glob = text(random, "ab1*?#");
            String text = text(random, "ab12");
            Matcher expected = Pattern.compile(glob.replace("*", "(.*?)")
                            .replace("#", "[0-9]++")
                            .replaceAll("(?<!\\*)\\?(?!\\))", "."))
                    .matcher(text);
            boolean matches = new Glob(glob, true).matches(text);
            assertThat(matches).as(glob + " " + text).isEqualTo(expected.matches());
            if (matches) {
                assertThat(captured(glob, text)).as(glob + " " + text).isEqualTo(groups(expected));
            }
        }
    }

    private static String text(Random random, String letters) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(7); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static List<String> captured(String glob, String text) {
        int[] stars = new int[18];
        assertThat(new Glob(glob, true).matches(text, stars)).isTrue();
        List<String> captured = new ArrayList<>();
        for (int i = 0; i < glob.chars().filter(c -> c == '*').count(); i++) {
            captured.add(text.substring(stars[2 * i], stars[2 * i + 1]));
        }
        return captured;
    }

    private static List<String> groups(Matcher matcher) {
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        return groups;
    }

    @Test
    void digitsAreLettersUnlessAskedFor() {
        assertThat(new Glob("a#", false).matches("a#")).isTrue();
        assertThat(new Glob("a#", false).matches("a1")).isFalse();
        assertThat(new Glob("a+b", false).matches("a+b")).isTrue();
    }
}
