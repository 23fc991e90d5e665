package io.corral.agent.entry;

import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.EntryTargets;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/** For one version of the rules. Sorts out by name what has nothing to do with them, before the library is asked. */
final class EntryTransformer implements ClassFileTransformer {

    private final EntryTargets targets;
    private final ClassFileTransformer library;

    EntryTransformer(EntryTargets targets) {
        this.targets = targets;
        MethodWeaving weaving = new MethodWeaving(targets);
        this.library = new AgentBuilder.Default(new ByteBuddy().with(TypeValidation.DISABLED))
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .with(new Complaint())
                .ignore(ElementMatchers.none())
                .type(weaving)
                .transform(weaving)
                .makeRaw();
    }

    /** Whether a class is the application's, or one of the JDK's that handle requests. */
    boolean mayTake(@Nullable ClassLoader loader, String className) {
        return loader != null
                && loader != EntryTransformer.class.getClassLoader()
                && !className.startsWith("io.corral.runtime.")
                && targets.mayTake(className);
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
        return className != null && mayTake(loader, className.replace('/', '.'))
                ? library.transform(
                        module, loader, className, classBeingRedefined, domain, classFile)
                : null;
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
