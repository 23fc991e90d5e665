package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Which JVMs, files and containers {@code ls} and {@code top} show. */
class SelectionTest {

    /** Nothing listens there. */
    private static final String URL = "http://127.0.0.1:1";

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "1 /a /b, unexpected /b",
        "http://a http://b /a /b, unexpected /b",
        "1 http://a, unexpected http://a",
        "http://a /b http://c, unexpected http://c",
        "--by jvm 1, --by jvm needs URLs of metrics",
        "--by pod http://a, Invalid value for option '--by': expected one of [jvm]",
        "--depth -1 http://a, --depth is -1; expected 0 or more"
    })
    void wrongArgumentsAreRefused(String words, String message) {
        assertThat(run(words.split(" ", -1))).isEqualTo(2);
        assertThat(lines()).singleElement().asString().startsWith("corral: " + message);
    }

    @Test
    void urlsMayBeFollowedByAContainer() {
        assertThat(run(URL, "/tenants")).isEqualTo(1);
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("corral: " + URL + "/metrics: no connection: ");
    }

    @Test
    void wrongUrlIsRefused() {
        assertThat(run("http://:9464")).isEqualTo(1);
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("corral: http://:9464 is no URL of metrics: ");
    }

    private int run(String... words) {
        CommandLine all = Tools.commandLine();
        all.setErr(new PrintWriter(err, true));
        String[] command = new String[words.length + 1];
        command[0] = "ls";
        System.arraycopy(words, 0, command, 1, words.length);
        return all.execute(command);
    }

    private List<String> lines() {
        return err.toString().lines().toList();
    }
}
