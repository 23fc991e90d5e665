package io.corral.rules.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.RulesParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines with {@code limit} that are refused: each error says where, what, and what is valid. */
class LimitErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit | 1:6: the path is missing; expected one as in /tenants/*, where * is any"
                        + " one name",
                "limit tenants/* fair | 1:7: \"tenants/*\" is no path; expected one as in"
                        + " /tenants/*, where * is any one name",
                "limit / fair | 1:7: a root can't be limited; expected a path as in /tenants/*,"
                        + " where * is any one name",
                "limit hierarchy endpoint / fair | 1:26: a root can't be limited; expected a path"
                        + " as in /tenants/*, where * is any one name",
                "limit /jvm/gc fair | 1:7: /jvm has places that Corral chooses, which can't be"
                        + " limited; expected another path",
                "limit /pools fair | 1:7: /pools has places that Corral chooses, which can't be"
                        + " limited; expected another path",
                "limit /threads/x fair | 1:7: /threads has places that Corral chooses, which can't"
                        + " be limited; expected another path",
                "limit /a//b fair | 1:10: an empty name in the path; expected names joined by"
                        + " single '/'",
                "limit /a/ fair | 1:10: an empty name in the path; expected names joined by single"
                        + " '/'",
                "limit /a/** fair | 1:10: unknown pattern \"**\"; expected a * for each name of the"
                        + " path",
                "limit /a/{0} fair | 1:10: a limit has no placeholders; expected a name, or * for"
                        + " any one name",
                "limit /a/.. fair | 1:10: \"..\" gives the name \"..\", which is reserved; expected"
                        + " a container's name",
                "limit /a | 1:9: the limit is incomplete; expected a control: fair, weight,"
                        + " cpu.max, requests.max, threads.max, wait or mode",
                "limit /a cpu.weight 3 | 1:10: unknown control \"cpu.weight\"; expected fair,"
                        + " weight, cpu.max, requests.max, threads.max, wait or mode",
                "limit /a wait 2s | 1:10: nothing waits here; expected wait beside fair, cpu.max or"
                        + " requests.max",
                "limit /a threads.max 2 wait 2s | 1:24: nothing waits here; expected wait beside"
                        + " fair, cpu.max or requests.max",
                "limit /a weight 2 mode monitor | 1:19: a weight alone limits nothing; expected"
                        + " mode beside fair, cpu.max, requests.max or threads.max",
                "limit /a mode monitor | 1:10: mode alone limits nothing; expected mode beside"
                        + " fair, cpu.max, requests.max or threads.max",
                "limit /a fair fair | 1:15: a second \"fair\"; a limit has one at most",
                "limit /a requests.max 1 requests.max 2 | 1:25: a second \"requests.max\"; a limit"
                        + " has one at most",
            })
    void lineIsRefused(String line, String error) {
        assertThat(errors(line)).containsExactly("f:" + error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weight | 1:16: the value of weight is missing; expected a number from 1 to 10000",
                "weight 0 | 1:17: weight is \"0\"; expected a number from 1 to 10000",
                "weight 10001 | 1:17: weight is \"10001\"; expected a number from 1 to 10000",
                "weight fair | 1:17: weight is \"fair\"; expected a number from 1 to 10000",
                "requests.max | 1:22: the value of requests.max is missing; expected a number of"
                        + " requests from 0, or max for no limit",
                "requests.max -1 | 1:23: requests.max is \"-1\"; expected a number of requests from"
                        + " 0, or max for no limit",
                "requests.max 1.5 | 1:23: requests.max is \"1.5\"; expected a number of requests"
                        + " from 0, or max for no limit",
                "requests.max 99999999999999999999 | 1:23: requests.max is"
                        + " \"99999999999999999999\"; expected a number of requests from 0, or max"
                        + " for no limit",
                "threads.max many | 1:22: threads.max is \"many\"; expected a number of threads"
                        + " from 0, or max for no limit",
                "cpu.max | 1:17: the value of cpu.max is missing; expected a share of one CPU as in"
                        + " 20%, QUOTA PERIOD in microseconds, or max for no limit",
                "cpu.max 20 | 1:18: cpu.max is \"20\" without a unit; expected a share of one CPU"
                        + " as in 20%, QUOTA PERIOD in microseconds, or max for no limit",
                "cpu.max 20 fair | 1:18: cpu.max is \"20\" without a unit; expected a share of one"
                        + " CPU as in 20%, QUOTA PERIOD in microseconds, or max for no limit",
                "cpu.max -20% | 1:18: cpu.max is \"-20%\"; expected a share of one CPU as in 20%,"
                        + " QUOTA PERIOD in microseconds, or max for no limit",
                "cpu.max 0% | 1:18: cpu.max is \"0%\"; expected 0.1% to 1000000% of one CPU",
                "cpu.max 20 100000 | 1:18: the quota is 20 microseconds; expected 1000 or more",
                "cpu.max 20000 100 | 1:24: the period is 100 microseconds; expected 1000 to"
                        + " 1000000",
                "fair wait | 1:19: the value of wait is missing; expected a time with its unit, as"
                        + " in 500ms, 2s or 1m",
                "fair wait 2 | 1:20: wait is \"2\"; expected a time with its unit, as in 500ms, 2s"
                        + " or 1m",
                "fair wait 2d | 1:20: wait is \"2d\"; expected a time with its unit, as in 500ms,"
                        + " 2s or 1m",
                "fair wait -2s | 1:20: wait is \"-2s\"; expected a time with its unit, as in 500ms,"
                        + " 2s or 1m",
                "fair wait 61m | 1:20: wait is \"61m\"; expected 60m at most",
                "fair mode off | 1:20: unknown mode \"off\"; expected monitor or enforce",
                "fair mode | 1:19: the value of mode is missing; expected monitor or enforce",
            })
    void valueIsRefused(String control, String error) {
        assertThat(errors("limit /a " + control)).containsExactly("f:" + error);
    }

    @Test
    void errorsInThePathAndInTheControlsAreReported() {
        assertThat(errors("limit / weight 0\nlimit /a fair"))
                .extracting(error -> error.substring(0, error.indexOf(": ")))
                .containsExactly("f:1:7", "f:1:16");
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a",
        "/a/*, /a/b",
        "/a/*, /a/*",
        "/a/b*, /a/bc?",
        "/a/*c, /a/b*c",
        "/*/b, /a/b",
        "hierarchy x /a, hierarchy x /a"
    })
    void controlThatAnEarlierLineDecidesIsUnreachable(String first, String second) {
        assertThat(errors("limit " + first + " weight 3 fair\nlimit " + second
                        + " requests.max 4 weight 5"))
                .containsExactly("f:2:" + (8 + second.length() + 15)
                        + ": unreachable: line 1 already decides weight for these containers");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/*",
        "/a/b?, /a/b*",
        "/a, /a/b",
        "/a, hierarchy x /a",
        "/a/b*, /a/?*",
        "/a/*, /b/*"
    })
    void laterLineForMoreOrOtherContainersIsReachable(String first, String second) {
        assertThat(errors("limit " + first + " weight 3\nlimit " + second + " weight 5"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/tenants, /tenants/*",
        "/tenants/*, /tenants/acme/*",
        "/tenants/acme, /tenants/*/x",
        "/*/b*, /a/?c/d"
    })
    void fairBelowFairIsRefusedInEitherOrder(String above, String below) {
        assertThat(errors("limit " + above + " fair\nlimit " + below + " weight 3 fair"))
                .containsExactly("f:2:" + (8 + below.length() + 9)
                        + ": fair containers can't be nested, and these are below those of line 1"
                        + " (" + above + "); expected fair on one of the two");
        assertThat(errors("limit " + below + " fair\nlimit " + above + " fair"))
                .containsExactly("f:2:" + (8 + above.length())
                        + ": fair containers can't be nested, and these are above those of line 1"
                        + " (" + below + "); expected fair on one of the two");
    }

    @ParameterizedTest
    @CsvSource({"/a/*, /b/*/c", "/a*, /b*/c", "/a/x, hierarchy y /a/x/z", "/a?, /abc/d"})
    void fairContainersThatCannotBeNestedAreAllowed(String one, String other) {
        assertThat(errors("limit " + one + " fair\nlimit " + other + " fair")).isEmpty();
    }

    private static List<String> errors(String file) {
        return RulesParser.parse("f", file).errors().stream()
                .map(error -> error.in("f"))
                .toList();
    }
}
