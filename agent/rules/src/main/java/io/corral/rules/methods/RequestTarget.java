package io.corral.rules.methods;

import io.corral.rules.calls.Execution;
import io.corral.rules.calls.GrpcPlaceholders;
import io.corral.rules.calls.HttpPlaceholders;
import io.corral.rules.language.TemplateParser;
import io.corral.rules.servers.KnownServers;
import io.corral.rules.servers.ServerMethod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code http} or {@code grpc}: the methods in which the known servers handle requests. */
final class RequestTarget implements EntryTarget {

    private static final RequestTarget HTTP =
            new RequestTarget("http", KnownServers.http(), new HttpPlaceholders());
    private static final RequestTarget GRPC =
            new RequestTarget("grpc", KnownServers.grpc(), new GrpcPlaceholders());
    private static final List<RequestTarget> ALL = List.of(HTTP, GRPC);

    private final String word;
    private final TemplateParser.Placeholders<Execution> placeholders;
    private final List<ServerMethod> methods;
    private final Set<String> classNames = new HashSet<>();

    private RequestTarget(
            String word,
            List<ServerMethod> methods,
            TemplateParser.Placeholders<Execution> placeholders) {
        this.word = word;
        this.placeholders = placeholders;
        this.methods = methods;
        for (ServerMethod row : methods) {
            classNames.add(row.className());
        }
    }

    /** The target with this name, or null. */
    static @Nullable RequestTarget of(String word) {
        for (RequestTarget target : ALL) {
            if (target.word.equals(word)) {
                return target;
            }
        }
        return null;
    }

    /** The placeholders of rules for this target. */
    TemplateParser.Placeholders<Execution> placeholders() {
        return placeholders;
    }

    /** Whether a known server has this class. */
    static boolean isOfServer(String className) {
        for (RequestTarget target : ALL) {
            if (target.mayMatchClass(className)) {
                return true;
            }
        }
        return false;
    }

    /** The rows for this method. */
    static ServerMethod[] rows(String className, String method, List<String> parameterTypes) {
        List<ServerMethod> rows = new ArrayList<>();
        for (RequestTarget target : ALL) {
            for (ServerMethod row : target.methods) {
                if (row.is(className, method, parameterTypes)) {
                    rows.add(row);
                }
            }
        }
        return rows.toArray(new ServerMethod[0]);
    }

    @Override
    public boolean mayMatchClass(String className) {
        return classNames.contains(className);
    }

    @Override
    public boolean mayMatchJdkClass(String className) {
        return mayMatchClass(className);
    }

    @Override
    public boolean matchesClass(String className, List<String> supertypes) {
        return mayMatchClass(className);
    }

    @Override
    public boolean matchesMethod(
            String className, List<String> supertypes, String method, List<String> parameterTypes) {
        for (ServerMethod row : methods) {
            if (row.is(className, method, parameterTypes)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable String serverWith(String className) {
        for (ServerMethod row : methods) {
            if (row.role().decides() && row.className().equals(className)) {
                return row.server();
            }
        }
        return null;
    }

    @Override
    public String unusedMessage() {
        Set<String> servers = new LinkedHashSet<>();
        for (ServerMethod row : methods) {
            servers.add(row.server());
        }
        return "found no server that it knows: " + String.join(", ", servers);
    }

    @Override
    public String toString() {
        return word;
    }
}
