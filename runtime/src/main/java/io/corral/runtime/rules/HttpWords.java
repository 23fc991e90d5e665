package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What may stand in braces in a rule for http. */
final class HttpWords implements TemplateParser.Words<Execution> {

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
            throw new PathTemplate.UnfitException(execution.site() + " handles no request");
        }
        return server;
    }

    private static final class Method extends CallingOut {

        Method(String word) {
            super(word);
        }

        @Override
        @Nullable Object read(Execution execution) {
            return server(execution).requestMethod(execution);
        }
    }

    private static final class Route extends CallingOut {

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

    private static final class Header extends CallingOut {

        private final HttpHeader header;

        Header(String word, HttpHeader header) {
            super(word);
            this.header = header;
        }

        @Override
        Object read(Execution execution) {
            return orNotTaken(server(execution).header(execution, header));
        }
    }

    /** Many a request is without, and is none of the rule's. */
    private static Object orNotTaken(@Nullable Object value) {
        if (value == null) {
            throw PathTemplate.UnfitException.notTaken();
        }
        return value;
    }

    /** Of the address alone: a form's body is the application's to read. */
    private static final class Query extends CallingOut {

        private final String name;

        Query(String word, String name) {
            super(word);
            this.name = name;
        }

        @Override
        Object read(Execution execution) {
            Object query = server(execution).query(execution);
            return orNotTaken(query == null ? null : value(query.toString()));
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
                throw new PathTemplate.UnfitException(this + " is no encoded text");
            }
        }
    }
}
