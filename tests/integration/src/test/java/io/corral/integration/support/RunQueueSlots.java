package io.corral.integration.support;

import io.corral.Container;
import io.corral.runtime.runqueue.RunQueue;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The slots of the run queues in this JVM. */
public final class RunQueueSlots {

    private static final String RUN_QUEUES = "io.corral.runtime.control.RunQueues";

    private RunQueueSlots() {}

    /**
     * Waits until no slot is in use and no thread waits, which is so once all virtual threads have
     * ended.
     */
    public static void awaitNoneInUse() {
        Waits.until(() -> used() == 0);
    }

    /** Counts so many slots of a fair container as in use, or no more, which no run holds. */
    public static void add(Container fair, int slots) {
        for (Object each : queuesOf(fair)) {
            ((AtomicInteger) value(each, "used")).addAndGet(slots);
        }
    }

    private static int used() {
        int used = usedOf(value(runQueues(), null, "REST"));
        for (Object each : fair()) {
            used += usedOf(value(each, "runQueue"));
        }
        return used;
    }

    private static int usedOf(Object queue) {
        return ((RunQueue) queue).used() + ((RunQueue) queue).waiting();
    }

    /** More than one if the container was removed and made again. */
    private static List<Object> queuesOf(Container fair) {
        List<Object> queues = new ArrayList<>();
        for (Object each : fair()) {
            if (each.toString().equals(fair.toString())) {
                queues.add(value(each, "runQueue"));
            }
        }
        return queues;
    }

    private static Collection<?> fair() {
        return (Collection<?>) value(runQueues(), null, "FAIR");
    }

    private static Class<?> runQueues() {
        try {
            return Class.forName(RUN_QUEUES, true, null);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Object value(Object of, String name) {
        return value(of.getClass(), of, name);
    }

    private static Object value(Class<?> type, @Nullable Object of, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
