package io.corral.rules.calls;

import io.corral.rules.values.PropertyPath;
import io.corral.rules.values.ValueParser;
import io.corral.rules.values.ValueStep;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A variable that a lambda has captured, or a value in it. */
final class CapturedVariable extends ApplicationValue {

    private static final Pattern WORD =
            Pattern.compile("captured\\.([0-9]{1,2}|[\\p{javaJavaIdentifierPart}&&[^0-9]]"
                    + "\\p{javaJavaIdentifierPart}*)((?:[.\\[].*)?)");

    private final String variable;
    private final PropertyPath path;

    private CapturedVariable(String word, String variable, PropertyPath path) {
        super(word);
        this.variable = variable;
        this.path = path;
    }

    /** Null if the word is none. */
    static @Nullable CapturedVariable of(String word) {
        Matcher parts = WORD.matcher(word);
        List<ValueStep> steps = parts.matches() ? ValueParser.parse(parts.group(2)) : null;
        return steps == null
                ? null
                : new CapturedVariable(word, parts.group(1), PropertyPath.of(steps));
    }

    /** Its name, or its number from 0. */
    String variable() {
        return variable;
    }

    @Override
    @Nullable Object read(Execution execution) {
        return path.read(PropertyPath.present(execution.captured(variable)));
    }
}
