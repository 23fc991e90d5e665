package io.corral.integration.entry;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records each thread's changes of the container it works for. */
final class SwitchRecorder implements Subsystem {

    private static final SwitchRecorder RECORDED = new SwitchRecorder();

    static {
        Containers.register(RECORDED);
    }

    private final Map<Thread, List<Switch>> byThread = new ConcurrentHashMap<>();

    /** One change. */
    record Switch(Container from, Container to) {}

    private SwitchRecorder() {}

    /** Records from now on. */
    static void record() {
        RECORDED.byThread.clear();
    }

    static List<Switch> of(Thread thread) {
        return RECORDED.byThread.getOrDefault(thread, List.of());
    }

    @Override
    public void switched(Thread thread, Container from, Container to) {
        byThread.computeIfAbsent(thread, unused -> new CopyOnWriteArrayList<>())
                .add(new Switch(from, to));
    }
}
