package io.corral.rules.values;

import io.corral.rules.language.UnusableValueException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
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
 * Calls of methods of a library to which Corral does not link. Of several methods with the name,
 * one is called whose parameters have the classes of the arguments; else the first one that takes
 * them, of the class, its superclasses, its interfaces.
 */
public final class MethodCall {

    /**
     * By class, the methods and constructors by their names and the classes of their arguments. A
     * constructor has an empty name.
     */
    private static final ClassValue<ConcurrentMap<List<Object>, Executable>> KNOWN =
            new ClassValue<>() {
                @Override
                protected ConcurrentMap<List<Object>, Executable> computeValue(Class<?> type) {
                    return new ConcurrentHashMap<>();
                }
            };

    private static final Map<Class<?>, Class<?>> BOXES =
            Map.of(boolean.class, Boolean.class, int.class, Integer.class, long.class, Long.class);

    private static final String CONSTRUCTOR = "";

    private MethodCall() {}

    /**
     * Calls a method.
     *
     * @throws UnusableValueException if there is no such method, or it may not be called
     * @throws InvocationTargetException what the method throws
     */
    public static @Nullable Object on(Object of, String method, Object... arguments)
            throws InvocationTargetException {
        return invoke((Method) find(of.getClass(), method, false, arguments), of, arguments);
    }

    /** As {@link #on}, for a static method. */
    public static @Nullable Object onClass(Class<?> type, String method, Object... arguments)
            throws InvocationTargetException {
        return invoke((Method) find(type, method, true, arguments), null, arguments);
    }

    /** As {@link #on}, for a constructor. */
    public static Object create(Class<?> type, Object... arguments)
            throws InvocationTargetException {
        try {
            return ((Constructor<?>) find(type, CONSTRUCTOR, true, arguments))
                    .newInstance(arguments);
        } catch (IllegalAccessException | InstantiationException refused) {
            throw new UnusableValueException(
                    type.getName() + " can't be created: " + refused.getMessage());
        }
    }

    private static @Nullable Object invoke(Method method, @Nullable Object of, Object[] arguments)
            throws InvocationTargetException {
        try {
            return method.invoke(of, arguments);
        } catch (IllegalAccessException refused) {
            throw new UnusableValueException(
                    method.getName() + " may not be called: " + refused.getMessage());
        }
    }

    private static Executable find(
            Class<?> type, String name, boolean isStatic, Object[] arguments) {
        List<Object> key = new ArrayList<>();
        key.add(name);
        for (Object argument : arguments) {
            key.add(argument.getClass());
        }
        ConcurrentMap<List<Object>, Executable> known = KNOWN.get(type);
        Executable found = known.get(key);
        if (found == null) {
            found = search(type, name, isStatic, arguments);
            known.put(key, found);
        }
        return found;
    }

    private static Executable search(
            Class<?> type, String name, boolean isStatic, Object[] arguments) {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            types.add(next);
        }
        for (int i = 0; i < types.size(); i++) {
            Collections.addAll(types, types.get(i).getInterfaces());
        }
        Executable found = search(types, name, isStatic, arguments, true);
        if (found == null) {
            found = search(types, name, isStatic, arguments, false);
        }
        if (found == null) {
            throw new UnusableValueException(
                    type.getName() + " has no \"" + name + "\" that can be called");
        }
        return found;
    }

    /** @param exactly whether the parameters must have the classes of the arguments */
    private static @Nullable Executable search(
            List<Class<?>> types,
            String name,
            boolean isStatic,
            Object[] arguments,
            boolean exactly) {
        for (Class<?> type : types) {
            Executable[] declared = name.equals(CONSTRUCTOR)
                    ? types.get(0).getDeclaredConstructors()
                    : type.getDeclaredMethods();
            for (Executable each : declared) {
                if ((each instanceof Constructor
                                || (each.getName().equals(name)
                                        && Modifier.isStatic(each.getModifiers()) == isStatic))
                        && takes(each.getParameterTypes(), arguments, exactly)
                        && Property.isAccessible(each, each)) {
                    return each;
                }
            }
        }
        return null;
    }

    private static boolean takes(Class<?>[] parameters, Object[] arguments, boolean exactly) {
        boolean takes = parameters.length == arguments.length;
        for (int i = 0; takes && i < parameters.length; i++) {
            Class<?> type = BOXES.getOrDefault(parameters[i], parameters[i]);
            takes = exactly ? type == arguments[i].getClass() : type.isInstance(arguments[i]);
        }
        return takes;
    }
}
