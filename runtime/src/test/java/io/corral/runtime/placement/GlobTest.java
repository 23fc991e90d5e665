package io.corral.runtime.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GlobTest {

    @Test
    void starsFromTheStartMatchAsLittleAsPossible() {
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

    @Test
    void starsCaptureAsMuchAsPossible() {
        Random random = new Random(48);
        for (int i = 0; i < 200_000; i++) {
            String glob = text(random, "ab*?#");
            String text = text(random, "ab#");
            Matcher expected =
                    Pattern.compile(glob.replace("*", "(.*)").replace("?", ".")).matcher(text);
            List<String> captured = new ArrayList<>();
            boolean matches = new Glob(glob).matches(text, captured);
            assertThat(matches).as(glob + " " + text).isEqualTo(expected.matches());
            assertThat(captured)
                    .as(glob + " " + text)
                    .isEqualTo(matches ? groups(expected) : List.of());
        }
    }

    @Test
    void questionMarkMatchesACharacterOfTwoUnits() {
        List<String> captured = new ArrayList<>();
        assertThat(new Glob("?").matches("\uD83D\uDE00")).isTrue();
        assertThat(new Glob("??").matches("\uD83D\uDE00")).isFalse();
        assertThat(new Glob("*?").matches("a\uD83D\uDE00", captured)).isTrue();
        assertThat(captured).containsExactly("a");
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
        assertThat(new Glob(glob, true).matchesFromStart(text, stars)).isTrue();
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
    void numberSignIsALetterUnlessItStandsForDigits() {
        assertThat(new Glob("a#").matches("a#")).isTrue();
        assertThat(new Glob("a#").matches("a1")).isFalse();
        assertThat(new Glob("a+b").matches("a+b")).isTrue();
    }
}
