package io.corral.rules.calls;

import io.corral.rules.language.UnusableValueException;
import io.corral.rules.servers.ExecutionPath;
import io.corral.rules.servers.KnownServers;
import io.corral.rules.servers.ServerMethod;

import org.jspecify.annotations.Nullable;

/** One call of a method that rules name. */
public final class Execution {

    private final WovenMethod method;

    /** The row of {@link KnownServers} for this execution, or null. */
    private final @Nullable ServerMethod server;

    private final @Nullable Object self;
    private final @Nullable Object[] arguments;

    /** @param self the receiver; null for a static method */
    public Execution(
            WovenMethod method,
            @Nullable ServerMethod server,
            @Nullable Object self,
            @Nullable Object[] arguments) {
        this.method = method;
        this.server = server;
        this.self = self;
        this.arguments = arguments;
    }

    WovenMethod method() {
        return method;
    }

    /** Whether a request can be read here. */
    public boolean handlesRequest() {
        return server != null && server.role() == ServerMethod.Role.BEGIN;
    }

    /** @throws UnusableValueException if the method handles no request */
    ServerMethod server() {
        ServerMethod known = server;
        if (known == null) {
            throw UnusableValueException.noMatch();
        }
        return known;
    }

    /** The object that leads to the request in other methods of the server, or null. */
    public @Nullable Object exchange() {
        return read(server().exchange());
    }

    /** @throws UnusableValueException if there is none */
    public Object request() {
        Object found = read(server().request());
        if (found == null) {
            throw new UnusableValueException("there is no request");
        }
        return found;
    }

    /** The name of the servlet API's type of dispatch; empty if it is unknown. */
    public String dispatch() {
        ServerMethod known = server();
        try {
            Object request = read(known.request());
            Object type = known.dispatch() != null
                    ? read(known.dispatch())
                    : request == null ? null : known.dialect().dispatch(request);
            return type == null ? "" : type.toString();
        } catch (RuntimeException | Error thrown) {
            // A wrapper of the application may throw anything.
            return "";
        }
    }

    /** The path to which the request is mapped, if the server's method knows it; else null. */
    @Nullable Object route() {
        return read(server().route());
    }

    private @Nullable Object read(@Nullable ExecutionPath path) {
        return path == null ? null : path.read(self, arguments);
    }

    @Nullable Object self() {
        return self;
    }

    /**
     * Has the receiver's class if there is a receiver, since classes with the same rules may share
     * a site.
     */
    @Override
    public String toString() {
        return self == null ? method.toString() : self.getClass().getName() + "#" + method.name();
    }

    /** The arguments. This is the array of the method itself, so it must not be changed. */
    @Nullable Object[] arguments() {
        return arguments;
    }
}
