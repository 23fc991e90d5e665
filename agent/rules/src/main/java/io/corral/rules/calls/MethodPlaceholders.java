package io.corral.rules.calls;

import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.Placeholder;
import io.corral.rules.language.TemplateParser;
import io.corral.rules.servers.ExecutionPath;
import io.corral.rules.values.ValueParser;
import io.corral.rules.values.ValueStep;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The placeholders of {@code enter} rules for methods: arguments, the receiver, names. */
public final class MethodPlaceholders implements TemplateParser.Placeholders<Execution> {

    private static final Pattern VALUE = Pattern.compile("(this|[0-9]{1,2})((?:[.\\[].*)?)");

    private final int maxArguments;
    private final boolean ofLambdas;
    private final List<String> captured = new ArrayList<>();
    private boolean namesClass;

    /**
     * @param maxArguments how many arguments the matching methods have at most
     * @param ofLambdas whether the matching methods are lambdas
     */
    public MethodPlaceholders(int maxArguments, boolean ofLambdas) {
        this.maxArguments = maxArguments;
        this.ofLambdas = ofLambdas;
    }

    /** The captured variables that were among the placeholders so far: names or numbers. */
    public List<String> captured() {
        return List.copyOf(captured);
    }

    /** Whether {@code {class}} was one of the placeholders so far. */
    public boolean namesClass() {
        return namesClass;
    }

    @Override
    public String valid() {
        return "{0} for the first argument, {this}, "
                + (ofLambdas ? "{captured.NAME}, " : "")
                + "values in them as in {0.tenant.id}, {0.topics[0]} or {0.headers.get(name)},"
                + " {method}, {class}, "
                + AmbientPlaceholders.VALID;
    }

    @Override
    public Placeholder<Execution> placeholder(String word, int column) throws SyntaxException {
        if (word.equals("method")) {
            return new Placeholder<>(word) {
                @Override
                public String value(Execution execution) {
                    return execution.method().name();
                }
            };
        }
        if (word.equals("class")) {
            namesClass = true;
            return new Placeholder<>(word) {
                @Override
                public String value(Execution execution) {
                    return execution.method().simpleClassName();
                }
            };
        }
        Placeholder<Execution> ambient = AmbientPlaceholders.of(word);
        if (ambient != null) {
            return ambient;
        }
        CapturedVariable variable = CapturedVariable.of(word);
        if (variable == null) {
            return argument(word, column);
        }
        if (!ofLambdas) {
            throw UnknownPlaceholder.error(word, column, valid());
        }
        captured.add(variable.variable());
        return variable;
    }

    private Placeholder<Execution> argument(String word, int column) throws SyntaxException {
        Matcher value = VALUE.matcher(word);
        List<ValueStep> steps = value.matches() ? ValueParser.parse(value.group(2)) : null;
        if (steps == null) {
            throw UnknownPlaceholder.error(word, column, valid());
        }
        String root = value.group(1);
        int argument = root.equals("this") ? ExecutionPath.SELF : Integer.parseInt(root);
        if (argument >= maxArguments) {
            throw new SyntaxException(
                    column,
                    "{" + word + "} where the method has " + maxArguments
                            + (maxArguments == 1 ? " parameter" : " parameters")
                            + "; expected " + valid());
        }
        return new ArgumentValue(word, argument, steps);
    }
}
