package io.corral.rules.values;

import io.corral.rules.language.UnusableValueException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A property of an object of any class: a method {@code tenant()}, {@code getTenant()} or
 * {@code isTenant()}, a field, or an entry of a map. It can also be a method that is called with
 * one text. Each property is looked up once for each class.
 */
final class Property implements ValueStep {

    /**
     * Shared by all versions of the rules. Otherwise each class would keep one entry for each
     * version that was ever loaded.
     */
    private static final ClassValue<ConcurrentMap<String, Reader>> READERS = new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, Reader> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    /** The parameters that take a text, the most specific one first. */
    static final Class<?>[] TEXTS = {String.class, CharSequence.class, Object.class};

    private static final Class<?>[] NO_PARAMETER = {void.class};

    private static final String MAY_BE_MISSING = "?";

    private final String name;

    /** The argument of the method call; null for a property. */
    private final @Nullable String argument;

    /** The key in {@link #READERS}. */
    private final String text;

    private Property(String text, @Nullable String argument) {
        this.name = text.endsWith(MAY_BE_MISSING) ? text.substring(0, text.length() - 1) : text;
        this.argument = argument;
        this.text = argument == null ? text : text + "(" + argument + ")";
    }

    /**
     * @param name if it ends with a question mark, the value is null for objects without this
     *     property
     */
    static Property of(String name) {
        return new Property(name, null);
    }

    static Property call(String method, String argument) {
        return new Property(method, argument);
    }

    @Override
    public @Nullable Object read(Object of) {
        Class<?> type = of.getClass();
        ConcurrentMap<String, Reader> known = READERS.get(type);
        Reader reader = known.get(text);
        if (reader == null) {
            reader = find(type);
            known.put(text, reader);
        }
        return reader.read(of);
    }

    private interface Reader {
        @Nullable Object read(Object of);
    }

    private Reader find(Class<?> type) {
        for (Class<?> parameter : argument == null ? NO_PARAMETER : TEXTS) {
            Reader reader = find(type, parameter);
            if (reader != null) {
                return reader;
            }
        }
        if (Map.class.isAssignableFrom(type) && argument == null) {
            return new OfMap(name);
        }
        return new Missing(
                text.endsWith(MAY_BE_MISSING)
                        ? null
                        : type.getName() + " has no \"" + this + "\" that can be read");
    }

    private @Nullable Reader find(Class<?> type, Class<?> parameter) {
        // The class first, then its superclasses, then the interfaces.
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            types.add(next);
        }
        for (int i = 0; i < types.size(); i++) {
            Reader reader = declaredBy(types.get(i), parameter);
            if (reader != null) {
                return reader;
            }
            Collections.addAll(types, types.get(i).getInterfaces());
        }
        return null;
    }

    private @Nullable Reader declaredBy(Class<?> type, Class<?> parameter) {
        try {
            if (argument != null) {
                Method called = type.getDeclaredMethod(name, parameter);
                return Modifier.isPublic(called.getModifiers()) ? reader(called) : null;
            }
            String capitalized = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            for (String method : new String[] {name, "get" + capitalized, "is" + capitalized}) {
                Reader reader = getter(type, method);
                if (reader != null) {
                    return reader;
                }
            }
            return field(type);
        } catch (NoSuchMethodException | LinkageError none) {
            // A class named in a declaration may be missing.
            return null;
        }
    }

    private @Nullable Reader getter(Class<?> type, String method) {
        try {
            return reader(type.getDeclaredMethod(method));
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    private @Nullable Reader reader(Method method) {
        return method.getReturnType() != void.class
                        && !Modifier.isStatic(method.getModifiers())
                        && isAccessible(method, method)
                ? new OfMethod(method, argument)
                : null;
    }

    private @Nullable Reader field(Class<?> type) {
        try {
            Field field = type.getDeclaredField(name);
            return !Modifier.isStatic(field.getModifiers()) && isAccessible(field, field)
                    ? new OfField(field)
                    : null;
        } catch (NoSuchFieldException none) {
            return null;
        }
    }

    /** Whether Corral may read the member, which it has made accessible then. */
    static boolean isAccessible(Member member, AccessibleObject access) {
        Class<?> type = member.getDeclaringClass();
        boolean isPublic = Modifier.isPublic(member.getModifiers() & type.getModifiers())
                && type.getModule().isExported(type.getPackageName());
        return access.trySetAccessible() || isPublic;
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * Calls a method. Unchecked exceptions are passed on.
     *
     * @param of the receiver; null for a static method
     * @param argument null if the method has no parameter
     */
    static @Nullable Object invoke(Method method, @Nullable Object of, @Nullable String argument) {
        try {
            return argument == null ? method.invoke(of) : method.invoke(of, argument);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw new UnusableValueException(method.getName() + " has thrown " + thrown.getCause());
        } catch (IllegalAccessException refused) {
            throw new UnusableValueException(
                    method.getName() + " may not be called: " + refused.getMessage());
        }
    }

    private record OfMethod(Method method, @Nullable String argument) implements Reader {

        @Override
        public @Nullable Object read(Object of) {
            return invoke(method, of, argument);
        }
    }

    private record OfField(Field field) implements Reader {

        @Override
        public @Nullable Object read(Object of) {
            try {
                return field.get(of);
            } catch (IllegalAccessException refused) {
                throw new UnusableValueException(
                        field.getName() + " may not be read: " + refused.getMessage());
            }
        }
    }

    private record OfMap(String key) implements Reader {

        @Override
        public @Nullable Object read(Object of) {
            return ((Map<?, ?>) of).get(key);
        }
    }

    /** @param message null if the property may be missing */
    private record Missing(@Nullable String message) implements Reader {

        @Override
        public @Nullable Object read(Object of) {
            if (message == null) {
                return null;
            }
            throw new UnusableValueException(message);
        }
    }
}
