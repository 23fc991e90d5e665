package io.corral.events.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.HookFailure")
@Label("Container Hook Failure")
@Description("A hook or a callback failed; the application was not affected")
final class HookFailureEvent extends CorralEvent {

    @Label("Hook")
    @Description("The hook or the callback")
    final String hook;

    @Label("Message")
    final String message;

    @Label("Count")
    @Description("The number of its failures so far; only the first one is an event")
    final long count;

    HookFailureEvent(String hook, String message, long count) {
        this.hook = hook;
        this.message = message;
        this.count = count;
    }
}
