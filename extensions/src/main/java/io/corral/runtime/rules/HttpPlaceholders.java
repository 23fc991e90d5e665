package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The placeholders of {@code enter http} rules. */
final class HttpPlaceholders implements TemplateParser.Placeholders<Execution> {

    private static final String HEADER = "header.";
    private static final String QUERY = "query.";

    @Override
    public String valid() {
        return "{method}, {route}, {header.NAME} or {query.NAME}";
    }

    @Override
    public Placeholder<Execution> placeholder(String word, int column) throws SyntaxException {
        if (word.equals("method")) {
            return new Method(word);
        }
        if (word.equals("route")) {
            return new Route(word);
        }
        if (word.startsWith(HEADER) && word.length() > HEADER.length()) {
            return new Header(word, new HttpHeader(word.substring(HEADER.length())));
        }
        if (word.startsWith(QUERY) && word.length() > QUERY.length()) {
            return new Query(word, word.substring(QUERY.length()));
        }
        throw new SyntaxException(
                column, "unknown placeholder {" + word + "}; expected " + valid());
    }

    private static HttpServer server(Execution execution) {
        HttpServer server = execution.site().server();
        if (server == null) {
            throw new PathTemplate.UnusableValueException(execution.site() + " handles no request");
        }
        return server;
    }

    private static final class Method extends ApplicationValue {

        Method(String word) {
            super(word);
        }

        @Override
        @Nullable Object read(Execution execution) {
            return server(execution).requestMethod(execution);
        }
    }

    private static final class Route extends ApplicationValue {

        Route(String word) {
            super(word);
        }

        @Override
        Object read(Execution execution) {
            return server(execution).route(execution);
        }

        @Override
        public boolean isPath() {
            return true;
        }
    }

    private static final class Header extends ApplicationValue {

        private final HttpHeader header;

        Header(String word, HttpHeader header) {
            super(word);
            this.header = header;
        }

        @Override
        Object read(Execution execution) {
            return orNoMatch(server(execution).header(execution, header));
        }
    }

    /** A request without the value is left to the next rule, without a warning. */
    private static Object orNoMatch(@Nullable Object value) {
        if (value == null) {
            throw PathTemplate.UnusableValueException.noMatch();
        }
        return value;
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
            Object query = server(execution).query(execution);
            return orNoMatch(query == null ? null : value(query.toString()));
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

        private String decoded(String value) {
            try {
                return URLDecoder.decode(value, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException malformed) {
                throw new PathTemplate.UnusableValueException(this + " is no encoded text");
            }
        }
    }
}
