package io.corral.rules.servers;

import io.corral.rules.language.ParameterPattern;
import io.corral.rules.language.UnusableValueException;
import io.corral.rules.values.TypeName;
import io.corral.runtime.control.Refused;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
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
 * @param exchange the path to an object that leads to the request in methods that don't get it
 *     themselves. Such a server may work for several requests on one thread, and a request is
 *     decided once. Null if each method may know more of the request
 * @param request the object that {@code dialect} reads; for the roles {@code CONTINUE} and
 *     {@code END} null
 * @param dispatch the path to the servlet API's type of dispatch, if {@code dialect} does not know
 *     it yet
 * @param route the path to which the request is mapped, if {@code dialect} does not know it
 * @param invocation the path to a value that is not {@code BLOCKING} if the method must not block
 *     its thread; null if it always may
 * @param answer how the server answers for a request that a limit refuses; null if it can't here
 * @param response what {@code answer} begins with
 * @param endIsKnown whether the server has a method of the role {@code END}
 */
public record ServerMethod(
        String server,
        Role role,
        String className,
        String method,
        @Nullable List<String> parameterTypes,
        @Nullable TypeName argumentType,
        @Nullable ExecutionPath exchange,
        @Nullable ExecutionPath request,
        @Nullable ExecutionPath dispatch,
        @Nullable ExecutionPath route,
        @Nullable ExecutionPath invocation,
        @Nullable Answer answer,
        @Nullable ExecutionPath response,
        boolean endIsKnown,
        HttpDialect dialect) {

    /** What a method does for a request. */
    public enum Role {
        /** Begins a request, or a part of it: decides where it is charged. */
        BEGIN,
        /** As {@code BEGIN}, but the application has seen the request already. */
        REFINE,
        /**
         * Prepares a part of a request, which runs after the method has returned, and decides where
         * it is charged.
         */
        PREPARE,
        /** Continues a request, perhaps on another thread. */
        CONTINUE,
        /** Continues a request for the last time. */
        END,
        /** Ends a part of a request, which goes on with another part on any thread. */
        SUSPEND,
        /** Is called after a request's end; the object may stand for another request later. */
        RECYCLE;

        /** Whether rules decide where the request is charged. */
        public boolean decides() {
            return this == BEGIN || this == REFINE || this == PREPARE;
        }
    }

    public boolean is(String ofClass, String name, List<String> types) {
        return className.equals(ofClass)
                && method.equals(name)
                && (parameterTypes == null ? !types.isEmpty() : haveNames(types, parameterTypes));
    }

    private static boolean haveNames(List<String> types, List<String> names) {
        boolean same = types.size() == names.size();
        for (int i = 0; same && i < names.size(); i++) {
            same = ParameterPattern.isType(names.get(i), types.get(i));
        }
        return same;
    }

    public boolean appliesTo(@Nullable Object[] arguments) {
        TypeName needed = argumentType;
        if (needed == null) {
            return true;
        }
        Object first = arguments.length == 0 ? null : arguments[0];
        return first != null && needed.isTypeOf(first);
    }

    /** Whether {@link #refuse} can answer. */
    public boolean canRefuse() {
        return answer != null && response != null;
    }

    /**
     * Answers for a request that a limit refuses.
     *
     * @return false if it is too late for an answer, or the server is not as expected
     */
    public boolean refuse(Refused refused, @Nullable Object self, @Nullable Object[] arguments) {
        if (answer == null || response == null) {
            return false;
        }
        try {
            Object responds = response.read(self, arguments);
            if (responds == null) {
                throw new UnusableValueException("there is no response");
            }
            SkippedCall call = new SkippedCall(
                    method,
                    responds,
                    self,
                    arguments,
                    refused.retryAfterSeconds(),
                    refused.message());
            if (answer.give(call)) {
                refused.result(call.result());
                return true;
            }
        } catch (UnusableValueException unusable) {
            UnansweredServers.report(server, String.valueOf(unusable.getMessage()));
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof IOException) {
                // The client has gone, so nobody waits for an answer. The work is not done for it.
                return true;
            }
            UnansweredServers.report(server, String.valueOf(thrown.getCause()));
        } catch (RuntimeException | LinkageError unexpected) {
            UnansweredServers.report(server, unexpected.toString());
        }
        return false;
    }

    /** The method as a rule would name it. */
    @Override
    public String toString() {
        return className + "#" + method
                + (parameterTypes == null ? "" : "(" + String.join(", ", parameterTypes) + ")");
    }
}
