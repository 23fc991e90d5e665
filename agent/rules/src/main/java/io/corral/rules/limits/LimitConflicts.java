package io.corral.rules.limits;

import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.runtime.control.LimitNames;
import io.corral.runtime.control.LimitSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds what a {@code limit} line of a file sets in vain, since an earlier line is in its way. */
public final class LimitConflicts {

    /** The earlier lines by their numbers. */
    private final Map<Integer, LimitRule> earlier = new LinkedHashMap<>();

    /**
     * Compares a line with all earlier ones.
     *
     * @param line its number in the file
     * @param errors receives an error for each control that can't be in force
     */
    public void add(LimitRule rule, int line, Consumer<SyntaxException> errors) {
        rule.controls().columns().forEach((control, column) -> {
            String why = whyInVain(rule, control);
            if (why != null) {
                errors.accept(new SyntaxException(column, why));
            }
        });
        earlier.put(line, rule);
    }

    private @Nullable String whyInVain(LimitRule rule, String control) {
        for (Map.Entry<Integer, LimitRule> each : earlier.entrySet()) {
            LimitRule other = each.getValue();
            if (!other.controls().columns().containsKey(control)) {
                continue;
            }
            if (other.pattern().covers(rule.pattern())) {
                return "unreachable: line " + each.getKey() + " already decides " + control
                        + " for these containers";
            }
            if (control.equals(LimitNames.FAIR) && isFair(rule) && isFair(other)) {
                if (other.pattern().mayBeAbove(rule.pattern())) {
                    return nested("below", each.getKey(), other);
                }
                if (rule.pattern().mayBeAbove(other.pattern())) {
                    return nested("above", each.getKey(), other);
                }
            }
        }
        return null;
    }

    private static boolean isFair(LimitRule rule) {
        LimitSettings.Fair fair = rule.settings().fair();
        return fair != null && !fair.isLifted();
    }

    private static String nested(String where, int line, LimitRule other) {
        return "fair containers can't be nested, and these are " + where + " those of line " + line
                + " (" + other.pattern() + "); expected fair on one of the two";
    }
}
