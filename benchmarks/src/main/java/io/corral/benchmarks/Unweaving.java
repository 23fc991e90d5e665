package io.corral.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes Corral's hooks out of the JDK's classes, and puts them back, while the JVM runs: so that one JVM can be measured with
 * Corral and with an agent that does nothing. Each time it has the application's code forgotten as it was compiled: what the
 * compilers make of it beside hooks, and without them, is part of what Corral costs.
 *
 * <p>It has to stand behind Corral's transformer, whose classes it sees as they are woven.
 */
final class Unweaving implements ClassFileTransformer {

    private static final String CORRALS = "io/corral/";

    /** Threads of Tomcat's are in loops of its classes for as long as they live, as carriers are in their pool's. */
    private static final String STAYS_COMPILED = "org.apache.";

    /**
     * What stays woven. Each carrier is in its pool's loop for as long as it lives: it would go on in the version that it
     * began with, which no compiler takes any more, and both states would be slower by that. (So do threads of other pools, and
     * one that unblocks virtual threads, which have next to nothing to do.) The other has lost a field that it would need.
     */
    private static final Set<String> STAYS = Set.of(
            "java/util/concurrent/ForkJoinPool",
            "java/util/concurrent/ForkJoinTask$RunnableExecuteAction");

    private final Instrumentation instrumentation;

    /** Internal names of what has to be without hooks, lest a change of the weaving make Corral cost nothing. */
    private final Set<String> expected;

    /** Internal names of what was woven so far, and is not to stay so. */
    private final Set<String> woven = ConcurrentHashMap.newKeySet();

    /** Of those without hooks, since they were taken out. */
    private final Set<String> without = ConcurrentHashMap.newKeySet();

    /** By name, the JDK's own class files of what is not to be woven. */
    private volatile Map<String, byte[]> originals = Map.of();

    private Unweaving(Instrumentation instrumentation, Set<String> expected) {
        this.instrumentation = instrumentation;
        this.expected = expected;
    }

    /** @param expected internal names of classes that are woven by the time the hooks are taken out */
    static Unweaving by(Instrumentation instrumentation, Set<String> expected) {
        Unweaving unweaving = new Unweaving(instrumentation, expected);
        instrumentation.addTransformer(unweaving, true);
        // Woven before there was anyone to see it. What else is woven is so when it is loaded, or
        // later.
        unweaving.transformAgain(List.of(Thread.class));
        return unweaving;
    }

    /** @throws IllegalStateException if some hook is still there: what a transformer throws the JVM does not tell */
    void takeOut() {
        if (!originals.isEmpty()) {
            return;
        }
        Map<String, byte[]> files = new HashMap<>();
        woven.forEach(name -> files.put(name, original(name)));
        without.clear();
        originals = files;
        exchange(files.keySet());
        Set<String> left = new TreeSet<>(files.keySet());
        left.addAll(expected);
        left.removeAll(without);
        if (!left.isEmpty()) {
            throw new IllegalStateException(
                    "without hooks are " + new TreeSet<>(without) + ", and not " + left);
        }
    }

    void putBack() {
        if (!originals.isEmpty()) {
            Set<String> names = originals.keySet();
            originals = Map.of();
            exchange(names);
        }
    }

    private void exchange(Set<String> names) {
        List<Class<?>> classes = loaded(names);
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (isApplications(type)) {
                classes.add(type);
            }
        }
        transformAgain(classes);
    }

    /** But for what can't be transformed, and for this agent. */
    private boolean isApplications(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader != null
                && loader != ClassLoader.getPlatformClassLoader()
                && instrumentation.isModifiableClass(type)
                && !type.getPackage().equals(Unweaving.class.getPackage())
                && !type.getName().startsWith("org.objectweb.")
                && !type.getName().startsWith(STAYS_COMPILED);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (loader != null || name == null || name.startsWith(CORRALS) || STAYS.contains(name)) {
            return null;
        }
        if (new String(classFile, StandardCharsets.ISO_8859_1).contains(CORRALS)) {
            woven.add(name);
        }
        byte[] original = originals.get(name);
        if (redefined == null || original == null) {
            return null;
        }
        byte[] file = WithoutHooks.of(original, classFile);
        without.add(name);
        return file;
    }

    private static byte[] original(String name) {
        try (InputStream file = Object.class.getResourceAsStream("/" + name + ".class")) {
            if (file == null) {
                throw new IllegalStateException("the JDK has no class file of " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Class<?>> loaded(Set<String> names) {
        List<Class<?>> loaded = new ArrayList<>();
        for (String name : names) {
            try {
                loaded.add(Class.forName(name.replace('/', '.'), false, null));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return loaded;
    }

    private void transformAgain(List<Class<?>> classes) {
        try {
            instrumentation.retransformClasses(classes.toArray(Class<?>[]::new));
        } catch (UnmodifiableClassException | LinkageError | InternalError e) {
            throw new IllegalStateException(e);
        }
    }
}
