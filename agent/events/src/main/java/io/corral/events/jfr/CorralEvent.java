package io.corral.events.jfr;

import io.corral.Usage;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

/**
 * What all events have in common. Loading an event class does not register it; {@link EventTypes}
 * does.
 */
@Category("Corral")
@StackTrace(false)
@Registered(false)
abstract class CorralEvent extends Event {

    /** A number without a unit, of which JFR's tools would print the unknown value. */
    static long orMinusOne(long count) {
        return Usage.isKnown(count) ? count : -1;
    }
}
