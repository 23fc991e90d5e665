package io.corral.rules.calls;

import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.rules.language.Placeholder;
import io.corral.rules.language.TemplateParser;
import io.corral.rules.servers.ServerMethod;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The placeholders of {@code enter http} rules. */
public final class HttpPlaceholders implements TemplateParser.Placeholders<Execution> {

    private static final String HEADER = "header.";
    private static final String BAGGAGE = "baggage.";
    private static final String COOKIE = "cookie.";
    private static final String QUERY = "query.";
    private static final String PATH = "path.";

    /** Placeholders that need a name after a dot. */
    private static final Set<String> NAMED = Set.of("header", "cookie", "baggage", "query", "mdc");

    private static final String NAME_OF_PATH = "path\\.[1-9][0-9]?";

    /** The methods of RFC 9110 and RFC 5789. Servers accept any word that a client sends. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    @Override
    public String valid() {
        return "{method}, {route}, {path.1} for the first name of the path, {host}, {principal},"
                + " {header.NAME}, {cookie.NAME}, {baggage.NAME}, {query.NAME}, "
                + AmbientPlaceholders.VALID;
    }

    @Override
    public Placeholder<Execution> placeholder(String word, int column) throws SyntaxException {
        Placeholder<Execution> known = of(word);
        Placeholder<Execution> found = known == null ? AmbientPlaceholders.of(word) : known;
        if (found == null) {
            checkName(word, column);
            throw UnknownPlaceholder.error(word, column, valid());
        }
        return found;
    }

    /** @throws SyntaxException if the part after the dot is missing */
    private static void checkName(String word, int column) throws SyntaxException {
        String kind = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
        if (NAMED.contains(kind)) {
            throw new SyntaxException(
                    column, "{" + word + "} has no name; expected {" + kind + ".NAME}");
        }
        if (kind.equals("path")) {
            throw new SyntaxException(
                    column,
                    "{" + word + "} has no number; expected {path.1} for the first name of the"
                            + " path");
        }
    }

    /** The placeholder with this name that reads the request, or null. */
    private static @Nullable Placeholder<Execution> of(String word) {
        return switch (word) {
            case "method" -> value(word, false, HttpPlaceholders::method);
            case "route" -> value(word, true, HttpPlaceholders::route);
            case "host" -> value(word, false, HttpPlaceholders::host);
            case "principal" -> value(word, false, HttpPlaceholders::principal);
            default -> ofName(word);
        };
    }

    private static Placeholder<Execution> value(
            String word, boolean isPath, Function<Execution, @Nullable Object> reader) {
        return new ApplicationValue(word, isPath) {
            @Override
            @Nullable Object read(Execution execution) {
                return reader.apply(execution);
            }
        };
    }

    /** A placeholder with a name after a dot, or null. */
    private static @Nullable Placeholder<Execution> ofName(String word) {
        if (word.matches(NAME_OF_PATH)) {
            return new NameOfPath(word, Integer.parseInt(word.substring(PATH.length())));
        }
        if (word.startsWith(HEADER) && word.length() > HEADER.length()) {
            return new RequestHeader(word, word.substring(HEADER.length()));
        }
        if (word.startsWith(COOKIE) && word.length() > COOKIE.length()) {
            return new Cookie(word, word.substring(COOKIE.length()));
        }
        if (word.startsWith(BAGGAGE) && word.length() > BAGGAGE.length()) {
            return new BaggageEntry(word, word.substring(BAGGAGE.length()));
        }
        if (word.startsWith(QUERY) && word.length() > QUERY.length()) {
            return new Query(word, word.substring(QUERY.length()));
        }
        return null;
    }

    /** A standard method such as {@code GET}; {@link Placeholder#OVERFLOW} for any other word. */
    private static @Nullable String method(Execution execution) {
        Object method = execution.server().dialect().method(execution.request());
        String known = method == null ? null : method.toString();
        return known == null || METHODS.contains(known) ? known : Placeholder.OVERFLOW;
    }

    private static Object host(Execution execution) {
        return RequestHeader.orNoMatch(execution.server().dialect().host(execution.request()));
    }

    private static Object principal(Execution execution) {
        return RequestHeader.orNoMatch(execution.server().dialect().principal(execution.request()));
    }

    private static Object route(Execution execution) {
        ServerMethod server = execution.server();
        return server.route() == null
                ? server.dialect().route(execution.request())
                : String.valueOf(execution.route());
    }

    /** Reads the address alone, since only the application may read a form's body. */
    private static final class Query extends ApplicationValue {

        private final String name;

        Query(String word, String name) {
            super(word);
            this.name = name;
        }

        @Override
        Object read(Execution execution) {
            Object query = execution.server().dialect().query(execution.request());
            return RequestHeader.orNoMatch(query == null ? null : value(query.toString()));
        }

        private @Nullable String value(String query) {
            int begin = 0;
            while (begin < query.length()) {
                int next = query.indexOf('&', begin);
                int end = next < 0 ? query.length() : next;
                if (query.startsWith(name, begin)
                        && begin + name.length() < end
                        && query.charAt(begin + name.length()) == '=') {
                    return decoded(query.substring(begin + name.length() + 1, end));
                }
                begin = end + 1;
            }
            return null;
        }
    }
}
