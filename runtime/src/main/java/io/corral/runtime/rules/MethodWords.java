package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

import java.util.ArrayList;
import java.util.List;

/** What may stand in braces in a rule for methods: an argument, whose method it is, properties of these, names. */
final class MethodWords implements TemplateParser.Words<Execution> {

    private static final String VALUE = "(this|[0-9]{1,2})(\\.[A-Za-z_$][A-Za-z0-9_$]*)*";

    private final int mostArguments;
    private boolean namesClass;

    /** @param mostArguments that the methods have */
    MethodWords(int mostArguments) {
        this.mostArguments = mostArguments;
    }

    /** Whether {@code {class}} was among the placeholders so far. */
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
        if (argument >= mostArguments) {
            throw new SyntaxException(
                    column,
                    "{" + word + "} where the method has " + mostArguments
                            + (mostArguments == 1 ? " parameter" : " parameters")
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
