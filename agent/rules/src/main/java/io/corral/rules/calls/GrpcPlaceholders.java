package io.corral.rules.calls;

import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.Placeholder;
import io.corral.rules.language.TemplateParser;

import org.jspecify.annotations.Nullable;

/** The placeholders of {@code enter grpc} rules. */
public final class GrpcPlaceholders implements TemplateParser.Placeholders<Execution> {

    private static final String METHOD = "grpc.method";
    private static final String METADATA = "metadata.";

    /** The suffix of the names of binary entries. */
    private static final String BINARY = "-bin";

    @Override
    public String valid() {
        return "{grpc.method}, {metadata.NAME}, " + AmbientPlaceholders.VALID;
    }

    @Override
    public Placeholder<Execution> placeholder(String word, int column) throws SyntaxException {
        if (word.equals(METHOD)) {
            // The service and the method, as two names.
            return new ApplicationValue(word, true) {
                @Override
                @Nullable Object read(Execution execution) {
                    return execution.route();
                }
            };
        }
        Placeholder<Execution> ambient = AmbientPlaceholders.of(word);
        if (ambient != null) {
            return ambient;
        }
        if (!word.startsWith(METADATA) || word.length() == METADATA.length()) {
            throw new SyntaxException(
                    column, "unknown placeholder {" + word + "}; expected " + valid());
        }
        if (word.endsWith(BINARY)) {
            throw new SyntaxException(
                    column, "{" + word + "} is binary; expected the name of an entry that is text");
        }
        return new RequestHeader(word, word.substring(METADATA.length()));
    }
}
