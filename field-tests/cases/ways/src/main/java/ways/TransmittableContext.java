package ways;

import com.alibaba.ttl.TransmittableThreadLocal;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A value that the agent of transmittable-thread-local takes along with a task. */
public final class TransmittableContext implements Callable<AutoCloseable>, Supplier<String> {

    private static final TransmittableThreadLocal<String> VALUE = new TransmittableThreadLocal<>();
    private static final AtomicInteger LAST = new AtomicInteger();

    /** Sets a new value. */
    @Override
    public AutoCloseable call() {
        VALUE.set("value " + LAST.incrementAndGet());
        return VALUE::remove;
    }

    /** The current value. */
    @Override
    public String get() {
        String value = VALUE.get();
        return value == null ? "" : value;
    }
}
