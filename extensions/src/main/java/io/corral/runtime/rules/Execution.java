package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/** One call of a method that rules name. */
final class Execution {

    private final EntrySite site;

    /** The row of {@link KnownServers} for this execution, or null. */
    private final @Nullable ServerMethod server;

    private final @Nullable Object self;
    private final @Nullable Object[] arguments;

    /** @param self the receiver; null for a static method */
    Execution(
            EntrySite site,
            @Nullable ServerMethod server,
            @Nullable Object self,
            @Nullable Object[] arguments) {
        this.site = site;
        this.server = server;
        this.self = self;
        this.arguments = arguments;
    }

    EntrySite site() {
        return site;
    }

    /** Whether a request can be read here. */
    boolean handlesRequest() {
        return server != null && server.role() == ServerMethod.Role.BEGIN;
    }

    /** @throws PathTemplate.UnusableValueException if the method handles no request */
    ServerMethod server() {
        ServerMethod known = server;
        if (known == null) {
            throw PathTemplate.UnusableValueException.noMatch();
        }
        return known;
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
        return self == null ? site.toString() : self.getClass().getName() + "#" + site.method();
    }

    /** The arguments. This is the array of the method itself, so it must not be changed. */
    @Nullable Object[] arguments() {
        return arguments;
    }
}
