package io.corral.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoTest {

    private static Demo parse(String... arguments) {
        Demo demo = new Demo();
        new CommandLine(demo).parseArgs(arguments);
        return demo;
    }

    @Test
    void filterIsOffIfThereAreRules() {
        assertThat(parse().isFiltered()).isTrue();
        assertThat(parse("--rules", "demo.rules").isFiltered()).isFalse();
        assertThat(parse("--rules=demo.rules", "--filter=on").isFiltered()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--seconds=1,--seconds is 1; expected 2 to 3600",
        "--requests=-1,--requests is -1; expected 0 to 1000000",
        "--rules=absent.rules,the rules file does not exist: absent.rules",
        "--filter=maybe,'Invalid value for option ''--filter'': expected one of [on, off]'",
    })
    void wrongOptionGetsOneLineAndExitCodeTwo(String argument, String message) {
        StringWriter err = new StringWriter();
        int code =
                Demo.commandLine(new Demo()).setErr(new PrintWriter(err, true)).execute(argument);
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("corral demo: " + message)
                .endsWith("; --help lists the options");
    }
}
