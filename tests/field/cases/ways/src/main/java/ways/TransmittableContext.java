package ways;

import com.alibaba.ttl.TransmittableThreadLocal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A value that the agent of transmittable-thread-local takes along with a task. */
public final class TransmittableContext implements Consumer<Runnable>, Supplier<String> {

    private static final TransmittableThreadLocal<String> VALUE = new TransmittableThreadLocal<>();
    private static final AtomicInteger LAST = new AtomicInteger();

    /** Runs the task with a new value. */
    @Override
    public void accept(Runnable task) {
        VALUE.set("value " + LAST.incrementAndGet());
        try {
            task.run();
        } finally {
            VALUE.remove();
        }
    }

    /** The current value. */
    @Override
    public String get() {
        String value = VALUE.get();
        return value == null ? "" : value;
    }
}
