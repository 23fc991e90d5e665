package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * An argument of a server's method or its receiver, or a property of one: {@code 1.call.stream}.
 */
final class ExecutionPath {

    private static final String SELF = "this";

    private final int argument;
    private final PropertyPath properties;

    ExecutionPath(String path) {
        int dot = path.indexOf('.');
        String root = dot < 0 ? path : path.substring(0, dot);
        this.argument = root.equals(SELF) ? ArgumentValue.SELF : Integer.parseInt(root);
        this.properties = PropertyPath.of(dot < 0 ? "" : path.substring(dot + 1));
    }

    @Nullable Object read(Execution execution) {
        if (argument == ArgumentValue.SELF) {
            return properties.read(execution.self());
        }
        @Nullable Object[] arguments = execution.arguments();
        return argument < arguments.length ? properties.read(arguments[argument]) : null;
    }
}
