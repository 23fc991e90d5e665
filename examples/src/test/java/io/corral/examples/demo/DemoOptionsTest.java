package io.corral.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoOptionsTest {

    private static DemoOptions parse(String... arguments) {
        DemoOptions options = new DemoOptions();
        new CommandLine(new Parsed(options)).parseArgs(arguments);
        return options;
    }

    @CommandLine.Command
    private record Parsed(@CommandLine.Mixin DemoOptions options) {}

    @Test
    void filterIsOffIfThereAreRules() {
        assertThat(parse().filter()).isTrue();
        assertThat(parse("--rules", "demo.rules").filter()).isFalse();
        assertThat(parse("--rules=demo.rules", "--filter=on").filter()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--seconds=1,--seconds is 1; expected 2 to 3600",
        "--warmup=15,--warmup is 15; expected 1 to 14",
        "--requests=-1,--requests is -1; expected 0 to 1000000",
        "--port=65536,--port is 65536; expected 0 to 65535",
    })
    void numberOutOfRangeIsRejectedWithTheRange(String argument, String message) {
        assertThatThrownBy(() -> parse(argument).check())
                .isInstanceOf(DemoFailure.class)
                .hasMessage(message);
    }

    @Test
    void wrongOptionGetsOneLineAndExitCodeTwo() {
        StringWriter err = new StringWriter();
        int code =
                Demo.commandLine().setErr(new PrintWriter(err, true)).execute("--filter", "maybe");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "corral demo: Invalid value for option '--filter': expected one of [on, off]")
                .endsWith("; --help lists the options");
    }
}
