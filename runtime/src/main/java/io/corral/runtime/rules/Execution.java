package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/** One execution of a method that rules take. */
final class Execution {

    private final EntrySite site;
    private final @Nullable Object self;
    private final @Nullable Object[] arguments;

    /** @param self whose method it is; null for a static one */
    Execution(EntrySite site, @Nullable Object self, @Nullable Object[] arguments) {
        this.site = site;
        this.self = self;
        this.arguments = arguments;
    }

    EntrySite site() {
        return site;
    }

    @Nullable Object self() {
        return self;
    }

    /** The method's own: not to be changed. */
    @Nullable Object[] arguments() {
        return arguments;
    }
}
