package io.corral.agent.boot;

import io.corral.agent.image.AgentLoader;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The way to the first class of ours in the boot loader. The package {@code sun.misc} is open to all, and the JDK exports its own {@code
 * Unsafe} to it; so a class of ours there can define others anywhere. Else, in an image without that module say, the JDK is asked to
 * export it to us, by lambdas of its own, the first in the JVM, which cost 8 ms of CPU time with what the compilers do for them.
 *
 * <p>Two generated classes, alike but for their place: see {@code io.corral.agent.pack.DefinerClass}. Given a class file they define it,
 * and make an object of it which no constructor has seen; once, so that nobody else can.
 */
final class Definer {

    /** In the open package. */
    static final String IN_OPEN_PACKAGE = "sun/misc/CorralDefiner";

    private static final String IN_AGENT = "io.corral.agent.boot.GeneratedDefiner";

    /** Of that package, and of each JDK. */
    private static final String NEIGHBOUR = "sun.misc.Signal";

    private Definer() {}

    /**
     * @param definer the class file of the one in the open package
     * @param classFile what it defines
     * @return the object
     */
    static Object define(
            Instrumentation instrumentation, AgentLoader loader, byte[] definer, byte[] classFile)
            throws ReflectiveOperationException {
        try {
            return apply(inOpenPackage(definer), classFile);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError closed) {
            export(instrumentation);
            return apply(loader.make(IN_AGENT), classFile);
        }
    }

    private static Object inOpenPackage(byte[] definer) throws ReflectiveOperationException {
        Class<?> neighbour = Class.forName(NEIGHBOUR, false, null);
        Constructor<?> constructor = MethodHandles.privateLookupIn(
                        neighbour, MethodHandles.lookup())
                .defineClass(definer)
                .getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    @SuppressWarnings("unchecked")
    private static Object apply(Object definer, byte[] classFile) {
        return ((UnaryOperator<Object>) definer).apply(classFile);
    }

    private static void export(Instrumentation instrumentation) {
        Set<Module> agent = Set.of(Definer.class.getModule());
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of("jdk.internal.misc", agent),
                Map.of(),
                Set.of(),
                Map.of());
    }
}
