package io.corral.rules.values;

import io.corral.rules.language.UnusableValueException;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadLocalAccess;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A static field, or a static method without parameters or with one text. For a field with a
 * {@link ThreadLocal} or a {@code ScopedValue} the value is that of the calling thread, or null if
 * the thread has none: none is created.
 */
final class StaticMember {

    /** Shared by all versions of the rules, as in {@link Property}. */
    private static final ClassValue<ConcurrentMap<String, Reader>> READERS = new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, Reader> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    /** The class is final since JDK 25. */
    private static final TypeName SCOPED_VALUE = new TypeName("java.lang.ScopedValue");

    private static final ValueStep IS_BOUND = Property.of("isBound");
    private static final ValueStep GET = Property.of("get");

    private final String name;
    private final boolean isMethod;

    /** The argument of the method; null if it has no parameter. */
    private final @Nullable String argument;

    /** As it is written, and the key in {@link #READERS}. */
    private final String text;

    private StaticMember(String name, boolean isMethod, @Nullable String argument) {
        this.name = name;
        this.isMethod = isMethod;
        this.argument = argument;
        this.text = isMethod ? name + "(" + (argument == null ? "" : argument) + ")" : name;
    }

    static StaticMember field(String name) {
        return new StaticMember(name, false, null);
    }

    static StaticMember method(String name, @Nullable String argument) {
        return new StaticMember(name, true, argument);
    }

    /** Reads the value, which initializes the class. Throws what code of the application throws. */
    @Nullable Object read(Class<?> owner) {
        ConcurrentMap<String, Reader> known = READERS.get(owner);
        Reader reader = known.get(text);
        if (reader == null) {
            reader = find(owner);
            known.put(text, reader);
        }
        return reader.read();
    }

    private interface Reader {
        @Nullable Object read();
    }

    private Reader find(Class<?> owner) {
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            Reader reader = isMethod ? method(type) : field(type);
            if (reader != null) {
                return reader;
            }
        }
        String missing = owner.getName() + " has no static " + (isMethod ? "method \"" : "field \"")
                + text + "\" that can be read";
        return () -> {
            throw new UnusableValueException(missing);
        };
    }

    private @Nullable Reader field(Class<?> type) {
        try {
            Field field = type.getDeclaredField(name);
            return Modifier.isStatic(field.getModifiers()) && Property.isAccessible(field, field)
                    ? new OfField(field)
                    : null;
        } catch (NoSuchFieldException | LinkageError none) {
            return null;
        }
    }

    private @Nullable Reader method(Class<?> type) {
        if (argument == null) {
            return declared(type);
        }
        for (Class<?> parameter : Property.TEXTS) {
            Reader reader = declared(type, parameter);
            if (reader != null) {
                return reader;
            }
        }
        return null;
    }

    private @Nullable Reader declared(Class<?> type, Class<?>... parameters) {
        try {
            Method method = type.getDeclaredMethod(name, parameters);
            return Modifier.isStatic(method.getModifiers())
                            && method.getReturnType() != void.class
                            && Property.isAccessible(method, method)
                    ? new OfMethod(method, argument)
                    : null;
        } catch (NoSuchMethodException | LinkageError none) {
            return null;
        }
    }

    private record OfField(Field field) implements Reader {

        @Override
        public @Nullable Object read() {
            Object value;
            try {
                value = field.get(null);
            } catch (IllegalAccessException refused) {
                throw new UnusableValueException(
                        field.getName() + " may not be read: " + refused.getMessage());
            }
            if (value instanceof ThreadLocal<?> variable) {
                ThreadLocalAccess access = Jdk.THREAD_LOCALS;
                return access == null ? null : access.valueOrNull(variable);
            }
            if (value != null && SCOPED_VALUE.isTypeOf(value)) {
                return Boolean.TRUE.equals(IS_BOUND.read(value)) ? GET.read(value) : null;
            }
            return value;
        }
    }

    private record OfMethod(Method method, @Nullable String argument) implements Reader {

        @Override
        public @Nullable Object read() {
            return Property.invoke(method, null, argument);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
