package io.corral.agent.boot;

import io.corral.agent.image.AgentLoader;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The way to the first class of ours in the boot loader. The package {@code sun.misc} is open to all, and the JDK exports its own {@code
 * Unsafe} to it; so a class of ours there can define others anywhere. Else, in an image without that module say, the JDK is asked to
 * export it to us, by lambdas of its own that cost 8 ms of CPU time in a JVM that has none yet.
 *
 * <p>Two generated classes, alike but for their place: see {@code io.corral.agent.pack.DefinerClass}. Given a class file they define it,
 * and make an object of it which no constructor has seen.
 */
final class Definer {

    /** Any class of that package, but one that is there. */
    private static final String OPEN_TO_ALL = "sun.misc.Signal";

    static final String THERE = "sun/misc/CorralDefiner";

    private static final String HERE = "io.corral.agent.boot.GeneratedDefiner";

    private Definer() {}

    /** @param there the class file of the one in the open package */
    static UnaryOperator<Object> find(
            Instrumentation instrumentation, AgentLoader loader, byte[] there)
            throws ReflectiveOperationException {
        try {
            return there(there);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError closed) {
            export(instrumentation);
            return of(loader.make(HERE));
        }
    }

    private static UnaryOperator<Object> there(byte[] classFile)
            throws ReflectiveOperationException {
        Class<?> neighbour = Class.forName(OPEN_TO_ALL, false, null);
        return of(MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup())
                .defineClass(classFile)
                .getDeclaredConstructor()
                .newInstance());
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<Object> of(Object generated) {
        return (UnaryOperator<Object>) generated;
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
