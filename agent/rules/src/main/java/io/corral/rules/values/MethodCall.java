package io.corral.rules.values;

import io.corral.rules.language.UnusableValueException;
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
 * the first one is called that takes the arguments: of the class, its superclasses, its interfaces.
 */
public final class MethodCall {

    /** By class, the methods by their names and the classes of their arguments. */
    private static final ClassValue<ConcurrentMap<List<Object>, Method>> KNOWN =
            new ClassValue<>() {
                @Override
                protected ConcurrentMap<List<Object>, Method> computeValue(Class<?> type) {
                    return new ConcurrentHashMap<>();
                }
            };

    private static final Map<Class<?>, Class<?>> BOXES =
            Map.of(boolean.class, Boolean.class, int.class, Integer.class, long.class, Long.class);

    private MethodCall() {}

    /**
     * Calls a method.
     *
     * @throws UnusableValueException if there is no such method, or it may not be called
     * @throws InvocationTargetException what the method throws
     */
    public static @Nullable Object on(Object of, String method, Object... arguments)
            throws InvocationTargetException {
        return invoke(find(of.getClass(), method, arguments), of, arguments);
    }

    private static @Nullable Object invoke(Method method, Object of, Object[] arguments)
            throws InvocationTargetException {
        try {
            return method.invoke(of, arguments);
        } catch (IllegalAccessException refused) {
            throw new UnusableValueException(
                    method.getName() + " may not be called: " + refused.getMessage());
        }
    }

    private static Method find(Class<?> type, String name, Object[] arguments) {
        List<Object> key = new ArrayList<>();
        key.add(name);
        for (Object argument : arguments) {
            key.add(argument.getClass());
        }
        ConcurrentMap<List<Object>, Method> known = KNOWN.get(type);
        Method found = known.get(key);
        if (found == null) {
            found = search(type, name, arguments);
            known.put(key, found);
        }
        return found;
    }

    private static Method search(Class<?> type, String name, Object[] arguments) {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            types.add(next);
        }
        for (int i = 0; i < types.size(); i++) {
            for (Method each : types.get(i).getDeclaredMethods()) {
                if (each.getName().equals(name)
                        && takes(each.getParameterTypes(), arguments)
                        && !Modifier.isStatic(each.getModifiers())
                        && Property.isAccessible(each, each)) {
                    return each;
                }
            }
            Collections.addAll(types, types.get(i).getInterfaces());
        }
        throw new UnusableValueException(
                type.getName() + " has no \"" + name + "\" that can be called");
    }

    private static boolean takes(Class<?>[] parameters, Object[] arguments) {
        boolean takes = parameters.length == arguments.length;
        for (int i = 0; takes && i < parameters.length; i++) {
            takes = BOXES.getOrDefault(parameters[i], parameters[i]).isInstance(arguments[i]);
        }
        return takes;
    }
}
