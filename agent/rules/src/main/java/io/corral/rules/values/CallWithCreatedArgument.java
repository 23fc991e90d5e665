package io.corral.rules.values;

import io.corral.rules.language.UnusableValueException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method with an argument that a static method of the same library creates from a text,
 * such as Helidon's {@code headers.first(HeaderNames.create("X-Tenant"))}.
 */
final class CallWithCreatedArgument implements ValueStep {

    private final String method;
    private final String text;
    private final String factory;

    /** The call for each class of objects: a library may be loaded more than once. */
    private final ClassValue<Call> calls = new ClassValue<>() {
        @Override
        protected Call computeValue(Class<?> type) {
            return find(type);
        }
    };

    /**
     * @param method the method to call
     * @param text the text from which its argument is made
     * @param factory {@code CLASS#METHOD}, or {@code CLASS#METHOD,CLASS#FIELD} for a static method
     *     with a second parameter
     */
    CallWithCreatedArgument(String method, String text, String factory) {
        this.method = method;
        this.text = text;
        this.factory = factory;
    }

    private record Call(
            @Nullable Method method,
            @Nullable Object key,
            @Nullable String failure) {}

    private Call find(Class<?> type) {
        try {
            Object key = key(type.getClassLoader());
            for (Method candidate : type.getMethods()) {
                if (candidate.getName().equals(method)
                        && candidate.getParameterCount() == 1
                        && candidate.getParameterTypes()[0].isInstance(key)
                        && !candidate.isBridge()
                        && candidate.trySetAccessible()) {
                    return new Call(candidate, key, null);
                }
            }
            return new Call(null, null, "no such method");
        } catch (InvocationTargetException thrown) {
            return new Call(null, null, String.valueOf(thrown.getCause()));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
            return new Call(null, null, String.valueOf(failure));
        }
    }

    private Object key(@Nullable ClassLoader loader) throws ReflectiveOperationException {
        String[] parts = factory.split(",", -1);
        String[] made = parts[0].split("#", -1);
        Object second = parts.length == 1 ? null : constant(loader, parts[1]);
        for (Method candidate : Class.forName(made[0], true, loader).getMethods()) {
            Class<?>[] types = candidate.getParameterTypes();
            if (candidate.getName().equals(made[1])
                    && types.length == parts.length
                    && types[0] == String.class
                    && (second == null || types[1].isInstance(second))) {
                return candidate.invoke(
                        null, second == null ? new Object[] {text} : new Object[] {text, second});
            }
        }
        throw new NoSuchMethodException(factory);
    }

    private static Object constant(@Nullable ClassLoader loader, String name)
            throws ReflectiveOperationException {
        String[] parts = name.split("#", -1);
        return Class.forName(parts[0], true, loader).getField(parts[1]).get(null);
    }

    @Override
    public @Nullable Object read(Object of) {
        Call call = calls.get(of.getClass());
        try {
            if (call.method == null) {
                throw new UnusableValueException(this + ": " + call.failure);
            }
            return call.method.invoke(of, call.key);
        } catch (InvocationTargetException thrown) {
            throw new UnusableValueException(this + " has thrown " + thrown.getCause());
        } catch (IllegalAccessException refused) {
            throw new UnusableValueException(this + ": " + refused.getMessage());
        }
    }

    @Override
    public String toString() {
        return method + "(" + text + ")";
    }
}
