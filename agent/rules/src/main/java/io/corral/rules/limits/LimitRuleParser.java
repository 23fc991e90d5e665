package io.corral.rules.limits;

import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parses a {@code limit} rule after its keyword: the containers, and their controls. */
public final class LimitRuleParser {

    private LimitRuleParser() {}

    /**
     * @param errors receives an error of the path; then the controls are checked nevertheless
     * @return null if the path has an error
     */
    public static @Nullable LimitRule parse(
            LineScanner in, String location, Consumer<SyntaxException> errors)
            throws SyntaxException {
        LimitPattern pattern = null;
        try {
            pattern = LimitPattern.parse(in);
        } catch (SyntaxException wrong) {
            errors.accept(wrong);
            if (in.isAtEnd()) {
                return null;
            }
        }
        LimitControls controls = new LimitControlsParser(in, location).parse();
        return pattern == null ? null : new LimitRule(location, pattern, controls);
    }
}
