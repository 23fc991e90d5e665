package io.corral.integration.support;

import io.corral.runtime.notice.Observer;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;

/**
 * For programs that record: the agent registers its events in the background, once the flight
 * recorder starts.
 */
public final class EventRegistration {

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private EventRegistration() {}

    /** Waits until Corral records events, and this event in particular. */
    public static void await(String event) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (Observer.Current.observer == null
                || FlightRecorder.getFlightRecorder().getEventTypes().stream()
                        .noneMatch(type -> type.getName().equals(event))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no event type " + event);
            }
            Thread.sleep(1);
        }
    }
}
