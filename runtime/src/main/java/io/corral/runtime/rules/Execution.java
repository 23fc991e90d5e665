package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/** One execution of a method that rules take. */
final class Execution {

    private final EntrySite site;
    private final @Nullable Object self;
    private final @Nullable Object[] arguments;
    private Getters.@Nullable Stay stay;

    /** @param self whose method it is; null for a static one */
    Execution(EntrySite site, @Nullable Object self, @Nullable Object[] arguments) {
        this.site = site;
        this.self = self;
        this.arguments = arguments;
    }

    /** @param stay null if it is not */
    void isWatchedBy(Getters.@Nullable Stay stay) {
        this.stay = stay;
    }

    /** Into the application, to learn what stands for a placeholder. */
    void calls(String placeholder) {
        Getters.Stay watched = stay;
        if (watched != null) {
            watched.calls(placeholder);
        }
    }

    EntrySite site() {
        return site;
    }

    @Nullable Object self() {
        return self;
    }

    /** Of which class it is where there is one to be asked: classes that the same rules take may share a site. */
    @Override
    public String toString() {
        return self == null ? site.toString() : self.getClass().getName() + "#" + site.method();
    }

    /** The method's own: not to be changed. */
    @Nullable Object[] arguments() {
        return arguments;
    }
}
