package io.corral.agent.start;

import io.corral.agent.boot.BootLoader;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM has of the runtime before this agent defines it. Whoever has linked to another copy of the
 * API keeps it; what it loads later would be the boot loader's. The two don't fit together.
 */
final class LoadedRuntime {

    private static final String API = "io.corral";
    private static final String RUNTIME = "io.corral.runtime";

    private final Instrumentation instrumentation;

    LoadedRuntime(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** @return why an agent that comes into a running JVM must stay out, or null */
    @Nullable String whyTooLate() {
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

    /** @return that an agent has got as far as the boot loader and no further, or null */
    @Nullable String whyNotAgain() {
        return BootLoader.isBegun()
                ? "an agent that was loaded before has put classes into the boot loader, and is not active either"
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
