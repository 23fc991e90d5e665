package io.corral.runtime.thread;

import io.corral.Scope;
import io.corral.runtime.container.Destination;
import io.corral.runtime.jdk.ForceInline;

/** Opens scopes that somebody closes, be it the application or the end of a method that a rule names. */
public final class Scopes {

    private Scopes() {}

    /**
     * The calling thread's. Put into its caller, as {@link EnteredScope#close} is: then the scope between
     * them is no object.
     */
    @ForceInline
    public static Scope open(Destination destination) {
        return open(Members.current(), destination);
    }

    /** As {@link #open(Destination)}, by who knows the calling thread's member. */
    @ForceInline
    public static Scope open(Member member, Destination destination) {
        // Before the thread enters: there may be no memory for it.
        EnteredScope scope = new EnteredScope(member, destination);
        scope.opened(member.enter(destination));
        return scope;
    }
}
