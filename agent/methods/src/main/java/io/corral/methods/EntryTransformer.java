package io.corral.methods;

import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.EntryTargets;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/** Weaves for one version of the rules. Skips classes by name before Byte Buddy is called. */
final class EntryTransformer implements ClassFileTransformer {

    /** The packages of Corral in the application's loaders: the launcher, and copies of the API. */
    private static final String[] MODULES_OF_CORRAL = {
        "io.corral.agent.", "io.corral.launcher.", "io.corral.options.", "io.corral.runtime."
    };

    private static final @Nullable ClassLoader OWN_LOADER = EntryTransformer.class.getClassLoader();

    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final EntryTargets targets;
    private final ClassFileTransformer library;

    private final NameFilter woven = new NameFilter();

    EntryTransformer(EntryTargets targets) {
        this.targets = targets;
        MethodTransformer weaving = new MethodTransformer(targets);
        // Synthetic methods are not ignored, since lambdas' bodies are such methods.
        this.library = new AgentBuilder.Default(new ByteBuddy()
                        .with(TypeValidation.DISABLED)
                        .ignore(ElementMatchers.none()))
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                // Reads class files even of loaded classes: reflection on them would load further
                // classes, which no transformer would see.
                .with(AgentBuilder.DescriptionStrategy.Default.POOL_ONLY)
                .with(new FailureLog())
                .ignore(ElementMatchers.none())
                .type(weaving)
                .transform(weaving)
                .makeRaw();
    }

    /** Whether rules may match the name of a class of the application, or of a JDK server. */
    private boolean mayMatchClass(@Nullable ClassLoader loader, String className) {
        return isCandidate(loader, className)
                && (loader == PLATFORM
                        ? targets.mayMatchJdkClass(className)
                        : targets.mayMatchClass(className));
    }

    /**
     * False for classes of the boot loader, of Corral, and of other agents. This class's own loader
     * is compared first: {@link AgentLoaders} is loaded by it, and passes through here itself.
     */
    private static boolean isCandidate(@Nullable ClassLoader loader, String className) {
        if (loader == null
                || loader == OWN_LOADER
                || AgentLoaders.contain(loader.getClass().getName())) {
            return false;
        }
        for (String each : MODULES_OF_CORRAL) {
            if (className.startsWith(each)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a loaded class has to be woven. */
    boolean matches(Class<?> loaded) {
        return mayMatchClass(loaded.getClassLoader(), loaded.getName())
                && targets.matches(
                        loaded.getName(),
                        targets.needsSupertypes() ? Supertypes.of(loaded) : List.of());
    }

    /** Whether a class may have been woven. A false positive is woven again without effect. */
    boolean mayHaveWoven(Class<?> loaded) {
        return isCandidate(loaded.getClassLoader(), loaded.getName())
                && woven.mayContain(loaded.getName());
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile)
            throws IllegalClassFormatException {
        String name = className == null ? null : className.replace('/', '.');
        if (name == null || !mayMatchClass(loader, name)) {
            return null;
        }
        byte[] result;
        MethodTransformer.transforms(classFile);
        try {
            result = library.transform(
                    module, loader, className, classBeingRedefined, domain, classFile);
        } finally {
            MethodTransformer.transforms(null);
        }
        if (result != null) {
            woven.add(name);
        }
        return result;
    }

    /** Logs a class that could not be woven and stays unchanged. */
    private static final class FailureLog extends AgentBuilder.Listener.Adapter {

        @Override
        public void onError(
                String typeName,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable failure) {
            Log.error("rules for methods are not in force in " + typeName
                    + ", which can't be woven: " + failure);
        }
    }
}
