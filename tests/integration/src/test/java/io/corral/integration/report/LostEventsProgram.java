package io.corral.integration.report;

import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.StackTrace;

/** Records more than the JVM can write. */
final class LostEventsProgram {

    private static final int THREADS = 16;
    private static final int EVENTS = 20_000;
    private static final String TEXT = "x".repeat(500);

    private LostEventsProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(LostEventsProgram::record);
            thread.start();
            threads.add(thread);
        }
        for (Thread each : threads) {
            each.join();
        }
    }

    private static void record() {
        for (int i = 0; i < EVENTS; i++) {
            LargeEvent event = new LargeEvent();
            event.text = TEXT + i;
            event.commit();
        }
    }

    @StackTrace(false)
    private static final class LargeEvent extends Event {
        String text;
    }
}
