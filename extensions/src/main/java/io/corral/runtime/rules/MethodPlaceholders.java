package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

import java.util.ArrayList;
import java.util.List;

/** The placeholders of {@code enter} rules for methods: arguments, the receiver, names. */
final class MethodPlaceholders implements TemplateParser.Placeholders<Execution> {

    private static final String VALUE = "(this|[0-9]{1,2})(\\.[A-Za-z_$][A-Za-z0-9_$]*)*";

    private final int maxArguments;
    private boolean namesClass;

    /** @param maxArguments how many arguments the matching methods have at most */
    MethodPlaceholders(int maxArguments) {
        this.maxArguments = maxArguments;
    }

    /** Whether {@code {class}} was one of the placeholders so far. */
    boolean namesClass() {
        return namesClass;
    }

    @Override
    public String valid() {
        return "{0} for the first argument, {this}, properties as in {0.tenant.id}, {method} or {class}";
    }

    @Override
    public Placeholder<Execution> placeholder(String word, int column) throws SyntaxException {
        if (word.equals("method")) {
            return new MethodName();
        }
        if (word.equals("class")) {
            namesClass = true;
            return new ClassName();
        }
        if (!word.matches(VALUE)) {
            throw new SyntaxException(
                    column, "unknown placeholder {" + word + "}; expected " + valid());
        }
        String[] parts = word.split("\\.", -1);
        int argument = parts[0].equals("this") ? ArgumentValue.SELF : Integer.parseInt(parts[0]);
        if (argument >= maxArguments) {
            throw new SyntaxException(
                    column,
                    "{" + word + "} where the method has " + maxArguments
                            + (maxArguments == 1 ? " parameter" : " parameters")
                            + "; expected " + valid());
        }
        List<Property> properties = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            properties.add(Property.of(parts[i]));
        }
        return new ArgumentValue(word, argument, properties);
    }

    private record MethodName() implements Placeholder<Execution> {

        @Override
        public String value(Execution execution) {
            return execution.site().method();
        }

        @Override
        public String toString() {
            return "{method}";
        }
    }

    private record ClassName() implements Placeholder<Execution> {

        @Override
        public String value(Execution execution) {
            return execution.site().simpleClassName();
        }

        @Override
        public String toString() {
            return "{class}";
        }
    }
}
