package io.corral.integration.support;

import java.lang.reflect.Field;
import java.util.Collection;

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

    private static int used() {
        try {
            Class<?> runQueues = Class.forName(RUN_QUEUES, true, null);
            int used = usedOf(value(runQueues, null, "REST"));
            for (Object each : (Collection<?>) value(runQueues, null, "FAIR")) {
                used += usedOf(value(each.getClass(), each, "runQueue"));
            }
            return used;
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int usedOf(Object queue) throws ReflectiveOperationException {
        int used = ((Number) value(queue.getClass(), queue, "used")).intValue();
        return used + ((Collection<?>) value(queue.getClass(), queue, "ready")).size();
    }

    private static Object value(Class<?> type, Object of, String name)
            throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
