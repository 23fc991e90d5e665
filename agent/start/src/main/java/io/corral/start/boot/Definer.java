package io.corral.start.boot;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Defines Corral's first class in the boot loader. The package {@code sun.misc} is open to all, and
 * the JDK exports its own {@code Unsafe} to that package's module; so a class of Corral in that
 * package can define classes in any package. In an image without that module the JDK opens
 * {@code java.lang} to the agent instead. This is the second choice, since it makes the JDK use the
 * JVM's first lambdas, which cost 8 ms of CPU time.
 */
final class Definer {

    /** The name of the definer, which is in the open package. */
    static final String IN_OPEN_PACKAGE = "sun/misc/CorralDefiner";

    /** A class of the open package that each JDK has. */
    private static final String NEIGHBOUR = "sun.misc.Signal";

    private Definer() {}

    /**
     * @param definer the class file of the definer in the open package
     * @param classFile the class to define, in {@code java.lang}
     * @return an instance of that class
     */
    static Object define(Instrumentation instrumentation, byte[] definer, byte[] classFile)
            throws ReflectiveOperationException {
        try {
            return apply(make(Class.forName(NEIGHBOUR, false, null), definer), classFile);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError closed) {
            openJavaLang(instrumentation);
            return make(Object.class, classFile);
        }
    }

    /** Makes an instance of a new class in the package of {@code neighbour}. */
    private static Object make(Class<?> neighbour, byte[] classFile)
            throws ReflectiveOperationException {
        Constructor<?> constructor = MethodHandles.privateLookupIn(
                        neighbour, MethodHandles.lookup())
                .defineClass(classFile)
                .getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    @SuppressWarnings("unchecked")
    private static Object apply(Object definer, byte[] classFile) {
        return ((UnaryOperator<Object>) definer).apply(classFile);
    }

    private static void openJavaLang(Instrumentation instrumentation) {
        Set<Module> agent = Set.of(Definer.class.getModule());
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang", agent),
                Set.of(),
                Map.of());
    }
}
