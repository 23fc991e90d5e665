package io.corral.opentelemetry;

import io.opentelemetry.sdk.trace.SpanProcessor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The span processors of one SDK, which share what is read of a span. */
final class ProcessorGroup {

    private final Supplier<@Nullable OpenSpans> active;
    private volatile int size;

    ProcessorGroup() {
        this(Activation::spans);
        Activation.decideIfActive();
    }

    /** @param active returns null if Corral is not active */
    ProcessorGroup(Supplier<@Nullable OpenSpans> active) {
        this.active = active;
    }

    /** How many of them are told of each span's end. */
    int size() {
        return size;
    }

    /** Returns a processor that hands spans with their usage on to {@code next}. */
    synchronized SpanProcessor add(SpanProcessor next) {
        if (!next.isEndRequired()) {
            return next;
        }
        size++;
        SpanProcessor first = new UsageProcessor(active, this, next);
        Set<Class<?>> furtherInterfaces = new LinkedHashSet<>();
        for (Class<?> each = next.getClass(); each != null; each = each.getSuperclass()) {
            for (Class<?> one : each.getInterfaces()) {
                if (one != SpanProcessor.class && SpanProcessor.class.isAssignableFrom(one)) {
                    furtherInterfaces.add(one);
                }
            }
        }
        return furtherInterfaces.isEmpty() ? first : withInterfaces(furtherInterfaces, first, next);
    }

    /**
     * The SDK finds out by its interfaces what else a processor wants to be told of, and these
     * differ between versions: from 1.40 on there is an internal one for spans that are about to
     * end. Calls of these go to {@code next}.
     */
    private static SpanProcessor withInterfaces(
            Set<Class<?>> interfaces, SpanProcessor first, SpanProcessor next) {
        Class<?>[] all = interfaces.toArray(new Class<?>[0]);
        return (SpanProcessor) Proxy.newProxyInstance(
                next.getClass().getClassLoader(), all, (proxy, method, arguments) -> {
                    boolean isFurther = interfaces.contains(method.getDeclaringClass());
                    return call(isFurther ? next : first, method, arguments);
                });
    }

    private static Object call(Object processor, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(processor, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
