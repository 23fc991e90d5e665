package io.corral.runtime.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of a server in which it handles a request, or a part of one: a row of
 * {@link KnownServers}.
 *
 * @param server the name of the server
 * @param role what the method does for a request
 * @param className the class that declares the method
 * @param method the name of the method
 * @param parameterTypes the simple names of its parameters' types; null for any, but at least one
 * @param argumentType the type of the first argument without which the row does not apply, or null
 * @param exchange the path to the object that represents the request from its beginning to its end;
 *     null if each method decides separately
 * @param request the object that {@code dialect} reads; only for the role {@code BEGIN}
 * @param route the path to which the request is mapped, if {@code dialect} does not know it
 */
record ServerMethod(
        String server,
        Role role,
        String className,
        String method,
        @Nullable List<String> parameterTypes,
        @Nullable TypeName argumentType,
        @Nullable ExecutionPath exchange,
        @Nullable ExecutionPath request,
        @Nullable ExecutionPath route,
        HttpDialect dialect) {

    /** What a method does for a request. */
    enum Role {
        /** Begins a request: decides where it is charged. */
        BEGIN,
        /** Continues a request, perhaps on another thread. */
        GO_ON,
        /** Continues a request for the last time. */
        END
    }

    boolean is(String ofClass, String name, List<String> types) {
        return className.equals(ofClass)
                && method.equals(name)
                && (parameterTypes == null ? !types.isEmpty() : haveNames(types, parameterTypes));
    }

    private static boolean haveNames(List<String> types, List<String> names) {
        boolean same = types.size() == names.size();
        for (int i = 0; same && i < names.size(); i++) {
            same = MethodPattern.isType(names.get(i), types.get(i));
        }
        return same;
    }

    boolean appliesTo(@Nullable Object[] arguments) {
        TypeName needed = argumentType;
        if (needed == null) {
            return true;
        }
        Object first = arguments.length == 0 ? null : arguments[0];
        return first != null && needed.isTypeOf(first);
    }

    /** The object that represents the request from its beginning to its end, or null. */
    @Nullable Object exchange(Execution execution) {
        return exchange == null ? null : exchange.read(execution);
    }

    /** @throws PathTemplate.UnusableValueException if there is none */
    Object request(Execution execution) {
        Object found = request == null ? null : request.read(execution);
        if (found == null) {
            throw new PathTemplate.UnusableValueException("there is no request");
        }
        return found;
    }

    /** The method as a rule would name it. */
    @Override
    public String toString() {
        return className + "#" + method
                + (parameterTypes == null ? "" : "(" + String.join(", ", parameterTypes) + ")");
    }
}
