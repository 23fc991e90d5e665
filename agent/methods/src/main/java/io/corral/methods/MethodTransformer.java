package io.corral.methods;

import io.corral.runtime.placement.EntryTargets;
import java.security.CodeSource;
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
final class MethodTransformer implements AgentBuilder.RawMatcher, AgentBuilder.Transformer {

    private static final int NONE = -1;

    /** What the thread is transforming, since the library does not pass it on. */
    private static final ThreadLocal<byte @Nullable []> CLASS_FILE = new ThreadLocal<>();

    private final EntryTargets targets;

    MethodTransformer(EntryTargets targets) {
        this.targets = targets;
    }

    /** @param current what the calling thread is about to transform; null when it is done */
    static void transforms(byte @Nullable [] current) {
        if (current == null) {
            CLASS_FILE.remove();
        } else {
            CLASS_FILE.set(current);
        }
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
        byte[] known = CLASS_FILE.get();
        LambdaBodies lambdas =
                known != null && targets.needsLambdas() ? LambdaBodies.of(known) : null;
        DynamicType.Builder<?> woven = builder;
        boolean isWoven = false;
        for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
            boolean hasBody = method.isMethod() && !method.isAbstract() && !method.isNative();
            int site = hasBody ? site(type, supertypes, method, lambdas) : NONE;
            if (site >= 0) {
                isWoven = true;
                targets.returns(site, method.getReturnType().asErasure().getName());
                woven = woven.visit(
                        advice(site, targets.canRefuse(site)).on(ElementMatchers.is(method)));
            }
        }
        if (!isWoven) {
            targets.unmatched(type.getName(), origin(domain));
        }
        targets.woven(type.getName());
        return woven;
    }

    /** The name of the file that a class comes from. */
    private static String origin(@Nullable ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        String location = source == null ? "" : String.valueOf(source.getLocation());
        return location.substring(location.lastIndexOf('/', location.length() - 2) + 1);
    }

    /** @return negative if no rule matches the method */
    private int site(
            TypeDescription type,
            List<String> supertypes,
            MethodDescription.InDefinedShape method,
            @Nullable LambdaBodies lambdas) {
        String name = method.getInternalName();
        List<String> parameters = parameterTypes(method);
        if (!method.isSynthetic()) {
            return targets.site(type.getName(), supertypes, name, parameters);
        }
        // Synthetic methods, such as lambdas' bodies and bridges, have no name that a user would
        // write.
        String maker = lambdas == null ? null : lambdas.maker(name, method.getDescriptor());
        if (lambdas == null || maker == null) {
            return NONE;
        }
        List<String> captured = lambdas.captured(name, method.getDescriptor());
        return targets.site(
                type.getName(),
                supertypes,
                maker,
                parameters.subList(captured.size(), parameters.size()),
                captured);
    }

    private static List<String> parameterTypes(MethodDescription method) {
        List<String> names = new ArrayList<>();
        for (TypeDescription type : method.getParameters().asTypeList().asErasures()) {
            names.add(type.getActualName());
        }
        return names;
    }

    private static Advice advice(int site, boolean canRefuse) {
        Class<?> advice = canRefuse ? RefusableEntryAdvice.class : EntryAdvice.class;
        return Advice.withCustomMapping()
                .bind(SiteNumber.class, site)
                .to(advice, ClassFileLocator.ForClassLoader.of(advice.getClassLoader()));
    }
}
