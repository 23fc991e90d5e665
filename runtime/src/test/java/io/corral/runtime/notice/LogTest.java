package io.corral.runtime.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a text from outside can't forge a line, or turn what follows it. */
class LogTest {

    @Test
    void controlCharactersOfATextAreEscaped() {
        List<String> lines = new ArrayList<>();
        Log.Level before = Log.level(Log.Level.OFF);
        Log.copyTo(lines);
        try {
            Log.error("tenant \"a\ncorral: b\u001b[2J\u202ec\"");
        } finally {
            Log.copyTo(null);
            Log.level(before);
        }
        assertThat(lines).containsExactly("tenant \"a\\ncorral: b\\u001b[2J\\u202ec\"");
    }
}
