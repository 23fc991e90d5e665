package io.corral.opentelemetry;

import io.opentelemetry.sdk.trace.SpanProcessor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
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
        SpanProcessor first = new UsageProcessor(active, this::size, next);
        Class<?>[] interfaces = furtherInterfaces(next.getClass());
        return interfaces.length == 0 ? first : withInterfaces(interfaces, first, next);
    }

    private static Class<?>[] furtherInterfaces(Class<?> processor) {
        Set<Class<?>> further = new LinkedHashSet<>();
        for (Class<?> each = processor; each != null; each = each.getSuperclass()) {
            for (Class<?> one : each.getInterfaces()) {
                if (one != SpanProcessor.class
                        && SpanProcessor.class.isAssignableFrom(one)
                        && Modifier.isPublic(one.getModifiers())
                        && !one.isSealed()) {
                    further.add(one);
                }
            }
        }
        return further.toArray(new Class<?>[0]);
    }

    /**
     * The SDK finds out by its interfaces what else a processor wants to be told of, and these
     * differ between versions: from 1.40 on there is an internal one for spans that are about to
     * end. What they have beyond a span processor goes to {@code next}.
     */
    private static SpanProcessor withInterfaces(
            Class<?>[] interfaces, SpanProcessor first, SpanProcessor next) {
        Map<Method, Method> redeclared = new HashMap<>();
        for (Class<?> each : interfaces) {
            for (Method method : each.getMethods()) {
                Method original = ofEachProcessor(method);
                if (original != null) {
                    redeclared.put(method, original);
                }
            }
        }
        return (SpanProcessor) Proxy.newProxyInstance(
                next.getClass().getClassLoader(), interfaces, (proxy, method, arguments) -> {
                    Method original = redeclared.get(method);
                    if (original != null) {
                        return call(first, original, arguments);
                    }
                    boolean isFurther = method.getDeclaringClass() != Object.class;
                    return call(isFurther ? next : first, method, arguments);
                });
    }

    /** The method of each processor that this one is or redeclares; null if it is another. */
    private static @Nullable Method ofEachProcessor(Method method) {
        try {
            return SpanProcessor.class.getMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException further) {
            return null;
        }
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
