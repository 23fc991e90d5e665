package io.corral.start;

import io.corral.launcher.AgentLoader;
import io.corral.runtime.Corral;
import io.corral.runtime.jdk.MissingModule;
import io.corral.runtime.notice.Recorder;

/** The events in flight recordings. Their classes are loaded when the events are registered. */
final class FlightEvents {

    private static final String EVENTS = "io.corral.events.jfr.JfrEvents";

    private final AgentLoader loader;
    private long periodMillis;
    private boolean isRegistered;

    FlightEvents(AgentLoader loader, long periodMillis) {
        this.loader = loader;
        this.periodMillis = periodMillis;
    }

    /** False in a JVM without the module of JFR as well. */
    boolean isRegistered() {
        return isRegistered;
    }

    void register(StartMessages lines) {
        try {
            String advice = MissingModule.advice("jdk.jfr");
            if (advice == null) {
                Corral.observe((Recorder) loader.newInstance(EVENTS), periodMillis);
                isRegistered = true;
            } else {
                // Not an error: without the module the JVM refuses to start with a recording.
                lines.info("no events in flight recordings: " + advice);
            }
        } catch (Throwable failure) {
            lines.error("no events in flight recordings: " + failure);
        }
    }

    /** Sets the period of recordings that start from now on. */
    void period(long millis) {
        periodMillis = millis;
        Corral.period(millis);
    }
}
