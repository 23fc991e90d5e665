package io.corral.rules.servers;

import io.corral.rules.values.PropertyPath;

import org.jspecify.annotations.Nullable;

/**
 * An argument of a server's method or its receiver, or a property of one: {@code 1.call.stream}.
 */
public final class ExecutionPath {

    /** Stands for the receiver in place of an argument's index. */
    public static final int SELF = -1;

    private final int argument;
    private final PropertyPath properties;

    ExecutionPath(String path) {
        int dot = path.indexOf('.');
        String root = dot < 0 ? path : path.substring(0, dot);
        this.argument = root.equals("this") ? SELF : Integer.parseInt(root);
        this.properties = PropertyPath.of(dot < 0 ? "" : path.substring(dot + 1));
    }

    public @Nullable Object read(@Nullable Object self, @Nullable Object[] arguments) {
        if (argument == SELF) {
            return properties.read(self);
        }
        return argument < arguments.length ? properties.read(arguments[argument]) : null;
    }
}
