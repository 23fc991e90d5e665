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
        Placeholder<Execution> known = of(word);
        Placeholder<Execution> found = known == null ? AmbientPlaceholders.of(word) : known;
        if (found == null) {
            throw UnknownPlaceholder.error(word, column, valid());
        }
        if (known != null && word.endsWith(BINARY)) {
            throw new SyntaxException(
                    column, "{" + word + "} is binary; expected the name of an entry that is text");
        }
        return found;
    }

    /** The placeholder with this name that reads the call, or null. */
    private static @Nullable Placeholder<Execution> of(String word) {
        if (word.equals(METHOD)) {
            // The service and the method, as two names.
            return new ApplicationValue(word, true) {
                @Override
                @Nullable Object read(Execution execution) {
                    return execution.route();
                }
            };
        }
        return word.startsWith(METADATA) && word.length() > METADATA.length()
                ? new RequestHeader(word, word.substring(METADATA.length()))
                : null;
    }
}
