package io.corral.runtime.membership;

import io.corral.Scope;

/** The scope of one execution of a method that an entry rule names. */
public final class MethodScope {

    private MethodScope() {}

    /**
     * On the thread itself.
     *
     * @return to be closed when the execution ends
     */
    public static Scope begin(Member member, Destination destination) {
        // Before the thread enters: there may be no memory for it.
        EnteredScope scope = new EnteredScope(member, destination);
        scope.opened(member.enter(destination));
        return scope;
    }
}
