package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What may stand in braces in a rule for http. */
final class HttpWords implements TemplateParser.Words<Execution> {

    private static final String HEADER = "header.";
    private static final String QUERY = "query.";

    private boolean usesRoute;

    /** Whether there was a route among the placeholders so far. */
    boolean usesRoute() {
        return usesRoute;
    }

    @Override
    public String valid() {
        return "{method}, {route}, {header.NAME} or {query.NAME}";
    }

    @Override
    public Placeholder<Execution> placeholder(String word, int column) throws SyntaxException {
        if (word.equals("method")) {
            return new Method();
        }
        if (word.equals("route")) {
            usesRoute = true;
            return new Route();
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
            throw new PathTemplate.UnfitException(execution.site() + " handles no request");
        }
        return server;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** Many a request is without, and is none of the rule's. */
    private static String orNotTaken(@Nullable String value, Placeholder<Execution> placeholder) {
        if (value == null) {
            throw new PathTemplate.UnfitException("there is no " + placeholder, false);
        }
        return value;
    }

    private record Method() implements Placeholder<Execution> {

        @Override
        public @Nullable String value(Execution execution) {
            return text(server(execution).requestMethod(execution));
        }

        @Override
        public String toString() {
            return "{method}";
        }
    }

    private record Route() implements Placeholder<Execution> {

        @Override
        public String value(Execution execution) {
            return server(execution).route(execution);
        }

        @Override
        public boolean isPath() {
            return true;
        }

        @Override
        public String toString() {
            return "{route}";
        }
    }

    private record Header(String word, HttpHeader header) implements Placeholder<Execution> {

        @Override
        public String value(Execution execution) {
            return orNotTaken(text(server(execution).header(execution, header)), this);
        }

        @Override
        public String toString() {
            return "{" + word + "}";
        }
    }

    /** Of the address alone: a form's body is the application's to read. */
    private record Query(String word, String name) implements Placeholder<Execution> {

        @Override
        public String value(Execution execution) {
            return orNotTaken(value(text(server(execution).query(execution))), this);
        }

        private @Nullable String value(@Nullable String query) {
            int begin = 0;
            while (query != null && begin < query.length()) {
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
                throw new PathTemplate.UnfitException(this + " is no encoded text");
            }
        }

        @Override
        public String toString() {
            return "{" + word + "}";
        }
    }
}
