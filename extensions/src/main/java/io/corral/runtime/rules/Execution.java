package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/** One call of a method that rules name. */
final class Execution {

    private final EntrySite site;
    private final @Nullable Object self;
    private final @Nullable Object[] arguments;

    /** @param self the receiver; null for a static method */
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

    /** Names the receiver's class if there is one: classes with the same rules may share a site. */
    @Override
    public String toString() {
        return self == null ? site.toString() : self.getClass().getName() + "#" + site.method();
    }

    /** The method's own array; must not be changed. */
    @Nullable Object[] arguments() {
        return arguments;
    }
}
