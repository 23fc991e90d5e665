package io.corral.runtime.observe;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

/**
 * What all events have in common. None is registered by being loaded: {@link EventTypes} does it.
 */
@Category("Corral")
@StackTrace(false)
@Registered(false)
abstract class CorralEvent extends Event {}
