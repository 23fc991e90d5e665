package io.corral.rules.calls;

import io.corral.rules.language.UnusableValueException;
import io.corral.rules.servers.ExecutionPath;
import io.corral.rules.servers.KnownServers;
import io.corral.rules.servers.ServerMethod;
import io.corral.rules.values.ApplicationClass;
import io.corral.runtime.control.Refused;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One call of a method that rules name. */
public final class Execution {

    private final WovenMethod method;

    /** The row of {@link KnownServers} for this execution, or null. */
    private final @Nullable ServerMethod server;

    /** The class that has the method. */
    private final Class<?> type;

    private final @Nullable Object self;
    private final @Nullable Object[] arguments;

    /** A lambda's captured variables, which are the first arguments. */
    private final CapturedVariables captured;

    /**
     * @param type the class that has the method
     * @param self the receiver; null for a static method
     * @param captured a lambda's captured variables, which are the first arguments
     */
    public Execution(
            WovenMethod method,
            @Nullable ServerMethod server,
            Class<?> type,
            @Nullable Object self,
            @Nullable Object[] arguments,
            CapturedVariables captured) {
        this.method = method;
        this.server = server;
        this.type = type;
        this.self = self;
        this.arguments = arguments;
        this.captured = captured;
    }

    WovenMethod method() {
        return method;
    }

    /** Whether a request can be read here. */
    public boolean handlesRequest() {
        return server != null && server.role().decides();
    }

    /** Whether the application can't have seen the request yet, unless a part of it has begun. */
    public boolean mayBeginRequest() {
        return server != null && server.role() == ServerMethod.Role.BEGIN;
    }

    /** Whether the server calls a known method at the end of each request. */
    public boolean endIsKnown() {
        return server != null && server.endIsKnown();
    }

    /** Whether a request goes on here of which no method of the server tells the end. */
    public boolean continuesWithoutEnd() {
        return server != null && server.role() == ServerMethod.Role.CONTINUE && !endIsKnown();
    }

    /** Whether the server can answer here for a request that a limit refuses. */
    public boolean canRefuse() {
        return server != null && server.canRefuse();
    }

    /** Whether the server lets the method block its thread. */
    public boolean mayBlock() {
        Object invocation = read(server().invocation());
        return invocation == null || invocation.toString().equals("BLOCKING");
    }

    /** See {@link ServerMethod#refuse}. */
    public boolean refuse(Refused refused) {
        return server().refuse(refused, self, arguments());
    }

    /** Whether a part of a request is prepared here, which goes on after the method's return. */
    public boolean preparesRequest() {
        return server != null && server.role() == ServerMethod.Role.PREPARE;
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
        return path == null ? null : path.read(self, arguments());
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

    /**
     * The arguments, without captured variables. This may be the array of the method itself, so it
     * must not be changed.
     */
    @Nullable Object[] arguments() {
        int skipped = captured.names().size();
        return skipped == 0 ? arguments : Arrays.copyOfRange(arguments, skipped, arguments.length);
    }

    /** The value of a captured variable. */
    @Nullable Object captured(String variable) {
        int index = captured.index(variable);
        if (index < 0) {
            throw UnusableValueException.noMatch();
        }
        return arguments[index];
    }

    /**
     * A class of the application, or null if it is not there. The class loader of a server does not
     * know the applications in it, so the thread's comes first there.
     */
    @Nullable Class<?> find(ApplicationClass wanted) {
        ClassLoader own = type.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Class<?> found = wanted.in(server == null ? own : context);
        return found != null || own == context ? found : wanted.in(server == null ? context : own);
    }
}
