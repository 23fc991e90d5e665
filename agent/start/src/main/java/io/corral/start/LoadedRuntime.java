package io.corral.start;

import io.corral.start.boot.BootLoader;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the runtime that the JVM has loaded before this agent defines them. Code that is
 * linked to another copy of the API keeps it, and would get later classes from the boot loader. The
 * two copies are incompatible.
 */
final class LoadedRuntime {

    private static final String API = "io.corral";
    private static final String RUNTIME = "io.corral.runtime";

    private LoadedRuntime() {}

    /** @return the reason why an agent that is attached to a running JVM must not start, or null */
    static @Nullable String whyTooLate(Instrumentation instrumentation) {
        String again = whyNotAgain();
        if (again != null) {
            return again;
        }
        Class<?> @Nullable [] all = instrumentation.getAllLoadedClasses();
        if (all == null) {
            return "the JVM is ending";
        }
        for (Class<?> loaded : all) {
            ClassLoader loader = loaded.getClassLoader();
            if (loader != null && isOurs(loaded.getPackageName())) {
                return "the API is already in use from the class loader " + name(loader)
                        + "; start the JVM with -javaagent";
            }
        }
        return null;
    }

    /** @return a line, if an earlier agent has filled the boot loader and then failed; else null */
    static @Nullable String whyNotAgain() {
        return BootLoader.hasDefinedClasses()
                ? "an earlier agent has put classes into the boot loader, and did not become active"
                : null;
    }

    private static boolean isOurs(String packageName) {
        return packageName.equals(API)
                || packageName.equals(RUNTIME)
                || packageName.startsWith(RUNTIME + ".");
    }

    private static String name(ClassLoader loader) {
        String name = loader.getName();
        return name == null ? loader.getClass().getName() : name;
    }
}
