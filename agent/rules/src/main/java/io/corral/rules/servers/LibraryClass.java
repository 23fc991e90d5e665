package io.corral.rules.servers;

import io.corral.rules.language.UnusableValueException;
import io.corral.rules.values.MethodCall;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** A class of a server to which Corral does not link. */
final class LibraryClass {

    private final Class<?> type;

    private LibraryClass(Class<?> type) {
        this.type = type;
    }

    /**
     * The class that the class of a known object finds.
     *
     * @throws UnusableValueException if there is none
     */
    static LibraryClass of(Object known, String name) {
        try {
            return new LibraryClass(Class.forName(name, true, known.getClass().getClassLoader()));
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new UnusableValueException("there is no class " + name);
        }
    }

    /** A new object of the class. */
    Object create(Object... arguments) throws InvocationTargetException {
        return MethodCall.create(type, arguments);
    }

    /** Calls a static method. */
    @Nullable Object call(String method, Object... arguments) throws InvocationTargetException {
        return MethodCall.onClass(type, method, arguments);
    }

    /** The value of a static field. */
    Object constant(String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.trySetAccessible();
            return SkippedCall.present(field.get(null));
        } catch (NoSuchFieldException | IllegalAccessException missing) {
            throw new UnusableValueException(type.getName() + " has no " + name);
        }
    }
}
