package io.corral.rules.methods;

import io.corral.rules.calls.Execution;
import io.corral.rules.calls.MethodPlaceholders;
import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.OutcomeParser;
import io.corral.rules.language.ParameterPattern;
import io.corral.rules.language.PathTemplate;
import io.corral.rules.language.Placeholder;
import io.corral.rules.language.TemplateParser;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parses an {@code enter} rule after its keyword: the methods and the container path. */
public final class EntryRuleParser {

    private static final String EXPECTED = "a path that begins with '/'";

    /** The word after the path that lets threads wait at the door of a container with limits. */
    private static final String WAIT = "wait";

    private EntryRuleParser() {}

    /**
     * @param errors receives an error of the method pattern; then the outcome is checked
     *     nevertheless
     * @return null if the method pattern has an error
     */
    public static @Nullable EntryRule parse(
            LineScanner in, String location, Consumer<SyntaxException> errors)
            throws SyntaxException {
        boolean ofLambdas = in.accept(MethodPattern.LAMBDA);
        int column = in.column();
        String target = in.beforeArrow();
        RequestTarget requests = ofLambdas ? null : RequestTarget.of(target);
        if (requests != null) {
            return ofRequests(requests, in, location);
        }
        MethodPattern methods;
        try {
            methods = MethodPattern.parse(target, column, ofLambdas);
        } catch (SyntaxException wrong) {
            errors.accept(wrong);
            template(in, OutcomeParser.hierarchy(in), placeholdersFor(target));
            in.accept(WAIT);
            OutcomeParser.end(in);
            return null;
        }
        return ofMethods(methods, in, location);
    }

    /**
     * The placeholders to accept for a pattern that could not be parsed, since it may be a misspelt
     * {@code http}.
     */
    private static TemplateParser.Placeholders<Execution> placeholdersFor(String target) {
        return target.indexOf('#') < 0
                ? new AnyPlaceholder()
                : new MethodPlaceholders(ParameterPattern.MAX_COUNT, true);
    }

    private static final class AnyPlaceholder implements TemplateParser.Placeholders<Execution> {

        @Override
        public Placeholder<Execution> placeholder(String word, int column) {
            return new Placeholder<>(word) {
                @Override
                public @Nullable String value(Execution execution) {
                    return null;
                }
            };
        }

        @Override
        public String valid() {
            return "any placeholder";
        }
    }

    private static EntryRule ofRequests(RequestTarget target, LineScanner in, String location)
            throws SyntaxException {
        String hierarchy = OutcomeParser.hierarchy(in);
        PathTemplate<Execution> template = template(in, hierarchy, target.placeholders());
        int column = in.column();
        if (in.accept(WAIT)) {
            throw new SyntaxException(
                    column,
                    "\"wait\" is for rules with a method: requests of " + target
                            + " wait without it; expected the end of the line");
        }
        OutcomeParser.end(in);
        return new EntryRule(location, hierarchy, target, template, true, List.of(), false);
    }

    private static EntryRule ofMethods(MethodPattern methods, LineScanner in, String location)
            throws SyntaxException {
        String hierarchy = OutcomeParser.hierarchy(in);
        MethodPlaceholders placeholders =
                new MethodPlaceholders(methods.maxArguments(), methods.matchesLambdas());
        PathTemplate<Execution> template = template(in, hierarchy, placeholders);
        boolean mayWait = in.accept(WAIT);
        OutcomeParser.end(in);
        return new EntryRule(
                location,
                hierarchy,
                methods,
                template,
                placeholders.namesClass(),
                placeholders.captured(),
                mayWait);
    }

    private static PathTemplate<Execution> template(
            LineScanner in, String hierarchy, TemplateParser.Placeholders<Execution> placeholders)
            throws SyntaxException {
        int column = in.column();
        return OutcomeParser.path(in.word(), column, hierarchy, EXPECTED, placeholders);
    }
}
