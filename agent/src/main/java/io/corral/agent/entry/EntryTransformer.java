package io.corral.agent.entry;

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

/** For one version of the rules. Sorts out by name what has nothing to do with them, before the library is asked. */
final class EntryTransformer implements ClassFileTransformer {

    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final EntryTargets targets;
    private final ClassFileTransformer library;

    private final NamesAboutSo woven = new NamesAboutSo();

    EntryTransformer(EntryTargets targets) {
        this.targets = targets;
        MethodWeaving weaving = new MethodWeaving(targets);
        this.library = new AgentBuilder.Default(new ByteBuddy().with(TypeValidation.DISABLED))
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                // By class files, also of a class that is loaded: to look at that would load what
                // it
                // names, which no transformer would see.
                .with(AgentBuilder.DescriptionStrategy.Default.POOL_ONLY)
                .with(new Complaint())
                .ignore(ElementMatchers.none())
                .type(weaving)
                .transform(weaving)
                .makeRaw();
    }

    /** Whether a class is the application's, or one of the JDK's that handle requests, and its name is one that rules may take. */
    private boolean mayTake(@Nullable ClassLoader loader, String className) {
        return isAsked(loader, className)
                && (loader == PLATFORM
                        ? targets.mayTakeOfJdk(className)
                        : targets.mayTake(className));
    }

    /** Not for what the boot loader has, nor for what is Corral's own. */
    private static boolean isAsked(@Nullable ClassLoader loader, String className) {
        return loader != null
                && loader != EntryTransformer.class.getClassLoader()
                && !className.startsWith("io.corral.runtime.")
                && !className.startsWith("io.corral.agent.");
    }

    /** Whether a class that is loaded has to be woven: what it extends and implements is looked at, and not loaded. */
    boolean takes(Class<?> loaded) {
        return mayTake(loaded.getClassLoader(), loaded.getName())
                && targets.takes(
                        loaded.getName(),
                        targets.areBySupertype() ? Supertypes.of(loaded) : List.of());
    }

    /** Whether a class was woven. May be wrong about one that was not, which then is woven again for nothing. */
    boolean mayHaveWoven(Class<?> loaded) {
        return isAsked(loaded.getClassLoader(), loaded.getName())
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
        if (name == null || !mayTake(loader, name)) {
            return null;
        }
        byte[] result = library.transform(
                module, loader, className, classBeingRedefined, domain, classFile);
        if (result != null) {
            woven.add(name);
        }
        return result;
    }

    /** A class that could not be woven is as it was. */
    private static final class Complaint extends AgentBuilder.Listener.Adapter {

        @Override
        public void onError(
                String typeName,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable failure) {
            Log.error("rules for methods don't hold in " + typeName + ", which can't be woven: "
                    + failure);
        }
    }
}
