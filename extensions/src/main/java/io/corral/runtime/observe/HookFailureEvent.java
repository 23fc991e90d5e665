package io.corral.runtime.observe;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("corral.HookFailure")
@Label("Container Hook Failure")
@Description("A hook or a callback failed and was passed over; the application noticed nothing")
final class HookFailureEvent extends CorralEvent {

    @Label("Hook")
    @Description("Which hook or callback")
    final String hook;

    @Label("Message")
    final String message;

    @Label("Count")
    @Description("How often it has failed; only the first failure is an event")
    final long count;

    HookFailureEvent(String hook, String message, long count) {
        this.hook = hook;
        this.message = message;
        this.count = count;
    }
}
