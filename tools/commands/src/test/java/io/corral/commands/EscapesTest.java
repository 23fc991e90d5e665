package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.options.EscapedLine;
import io.corral.runtime.notice.ControlCharacters;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Compares the two escapes, of which the agent uses one before it loads the runtime. */
class EscapesTest {

    @Test
    void runtimeAndOptionsEscapeTheSameCharacters() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text = "a" + Character.toString(c) + "b";
            assertThat(EscapedLine.of(text)).isEqualTo(ControlCharacters.escaped(text));
        }
    }

    @Test
    void lineBreaksInAPrintedLineAreEscaped() {
        StringWriter out = new StringWriter();
        new EscapingPrinter(new PrintWriter(out)).println("\"a\nb\u202e\"");
        assertThat(out.toString().strip()).isEqualTo("\"a\\nb\\u202e\"");
    }
}
