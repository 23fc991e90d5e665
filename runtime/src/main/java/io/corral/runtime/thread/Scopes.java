package io.corral.runtime.thread;

import io.corral.Scope;
import io.corral.runtime.container.Destination;
import io.corral.runtime.jdk.ForceInline;

/**
 * Opens scopes. They are closed by the application, or at the end of a method that a rule names.
 */
public final class Scopes {

    private Scopes() {}

    /**
     * Opens a scope of the calling thread. Inlined, as {@link EnteredScope#close} is, so that the
     * compiler can eliminate the object between the two.
     */
    @ForceInline
    public static Scope open(Destination destination) {
        return open(Members.current(), destination);
    }

    /**
     * As {@link #open(Destination)}.
     *
     * @param member the calling thread's
     */
    @ForceInline
    public static Scope open(Member member, Destination destination) {
        // Created before the thread enters, since there may be no memory for it.
        EnteredScope scope = new EnteredScope(member, destination);
        scope.opened(member.enter(destination));
        return scope;
    }
}
