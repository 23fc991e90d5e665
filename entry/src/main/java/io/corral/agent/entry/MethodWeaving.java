package io.corral.agent.entry;

import io.corral.runtime.placement.EntryTargets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/** Adds the advice to the methods of a class that rules match. */
final class MethodWeaving implements AgentBuilder.RawMatcher, AgentBuilder.Transformer {

    private final EntryTargets targets;

    MethodWeaving(EntryTargets targets) {
        this.targets = targets;
    }

    @Override
    public boolean matches(
            TypeDescription type,
            @Nullable ClassLoader loader,
            @Nullable JavaModule module,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain) {
        return targets.matches(type.getName(), supertypes(type));
    }

    private List<String> supertypes(TypeDescription type) {
        return targets.needsSupertypes() ? Supertypes.of(type) : List.of();
    }

    @Override
    public DynamicType.Builder<?> transform(
            DynamicType.Builder<?> builder,
            TypeDescription type,
            @Nullable ClassLoader loader,
            @Nullable JavaModule module,
            @Nullable ProtectionDomain domain) {
        List<String> supertypes = supertypes(type);
        DynamicType.Builder<?> woven = builder;
        for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
            // Synthetic methods, such as lambdas' bodies and bridges, have no name that a user
            // would write.
            int site = method.isMethod()
                            && !method.isAbstract()
                            && !method.isNative()
                            && !method.isSynthetic()
                    ? targets.site(
                            type.getName(), supertypes, method.getName(), parameterTypes(method))
                    : -1;
            if (site >= 0) {
                woven = woven.visit(advice(site).on(ElementMatchers.is(method)));
            }
        }
        return woven;
    }

    private static List<String> parameterTypes(MethodDescription method) {
        List<String> names = new ArrayList<>();
        for (TypeDescription type : method.getParameters().asTypeList().asErasures()) {
            names.add(type.getActualName());
        }
        return names;
    }

    private static Advice advice(int site) {
        return Advice.withCustomMapping()
                .bind(Site.class, site)
                .to(
                        EntryAdvice.class,
                        ClassFileLocator.ForClassLoader.of(EntryAdvice.class.getClassLoader()));
    }
}
