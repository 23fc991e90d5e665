package io.corral.weaver.copies;

import io.corral.runtime.hook.CopyHook;
import io.corral.runtime.notice.Log;
import io.corral.weaver.common.LoadedClasses;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Gives the boot loader's classes to a class loader that would define a copy of the API, such as
 * that of a web application, a bundle or a module layer. {@code ClassLoader.defineClass} is woven
 * for that when the first class of such a loader is seen. It costs 5 to 10 ms, which small programs
 * need not pay.
 */
public final class ApiCopyTransformer implements ClassFileTransformer {

    private static final String API = "io/corral/";

    /** The JDK's loader of modules outside the boot layer. */
    private static final String LAYERS_LOADER = "jdk/internal/loader/Loader";

    private static final String AGENT_LOADER = "io.corral.launcher.AgentLoader";

    /** The number of variants of {@code defineClass} that all others delegate to. */
    private static final int VARIANTS = 2;

    /**
     * The number of classes after which {@code ClassLoader} is woven in any case, since to read
     * more of them would cost as much.
     */
    private static final int MOST_CLASSES_READ = 4_000;

    private static final AtomicReferenceFieldUpdater<
                    ApiCopyTransformer, @Nullable ClassLoaderRetransformation>
            LATE_WEAVING = AtomicReferenceFieldUpdater.newUpdater(
                    ApiCopyTransformer.class, ClassLoaderRetransformation.class, "lateWeaving");

    private static volatile boolean wasLogged;

    private final Instrumentation instrumentation;
    private final ClassLoader platformLoader = ClassLoader.getPlatformClassLoader();
    private final LayerReads reads;
    private volatile @Nullable ClassLoaderRetransformation lateWeaving;

    /**
     * The number of classes read. Racing threads may lose increments, which only delays the
     * weaving.
     */
    private int read;

    private ApiCopyTransformer(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        this.reads = new LayerReads(instrumentation);
    }

    /**
     * Begins to watch. Throws nothing, since the agent is active by now.
     *
     * @param late whether the JVM is running, so that such class loaders may exist:
     *     {@code ClassLoader} is then woven at once
     */
    public static void install(Instrumentation instrumentation, boolean late) {
        try {
            ApiCopyTransformer copy = new ApiCopyTransformer(instrumentation);
            instrumentation.addTransformer(copy, true);
            if (late) {
                copy.weaveNow();
            }
        } catch (Throwable failure) {
            log(failure);
        }
    }

    private void weaveNow() {
        ClassLoaderRetransformation now = new ClassLoaderRetransformation(instrumentation);
        if (LATE_WEAVING.compareAndSet(this, null, now)) {
            now.run();
        }
        for (Class<?> loaded : LoadedClasses.of(instrumentation)) {
            if (loaded.getModule().isNamed()) {
                reads.ofLayerOf(loaded.getModule());
            }
        }
    }

    /**
     * Called on the thread that defines the class, before it is defined, or on a thread that
     * retransforms it. {@link ClassLoaderRetransformation} discusses the locks that the thread may
     * hold.
     */
    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        try {
            if (classBeingRedefined != null) {
                ClassLoaderRetransformation begun = lateWeaving;
                return begun != null && classBeingRedefined == ClassLoader.class
                        ? weave(classFile, begun)
                        : null;
            }
            if (loader == null) {
                if (!isWeavingOver() && LAYERS_LOADER.equals(className)) {
                    weaveAndAwait();
                }
                return null;
            }
            beforeDefinition(loader, className, classFile);
            if (module != null && module.isNamed()) {
                reads.ofLayerOf(module);
            }
        } catch (Throwable failure) {
            log(failure);
        }
        return null;
    }

    /** Reports the first failure only, since each class may fail in the same way. */
    private static void log(Throwable failure) {
        if (!wasLogged) {
            wasLogged = true;
            Log.error("a copy of the API may be in use beside the agent's: " + failure);
        }
    }

    private static byte[] weave(byte[] classFile, ClassLoaderRetransformation begun) {
        ClassLoaderVisitor visitor = ClassLoaderVisitor.visit(classFile, "defineClass");
        boolean isAsExpected = visitor.variants() == VARIANTS;
        begun.transformed(isAsExpected ? null : "its defineClass methods are not as expected");
        return visitor.woven();
    }

    /** Whether the weaving is over, successful or not. */
    private boolean isWeavingOver() {
        ClassLoaderRetransformation begun = lateWeaving;
        return begun != null && begun.isEnded();
    }

    private void beforeDefinition(
            ClassLoader loader, @Nullable String className, byte[] classFile) {
        if (!isKnown(loader)) {
            // Without a name for the transformer, the hook gets no name either.
            String name = className == null ? ClassFileNames.self(classFile) : className;
            if (name != null && name.startsWith(API)) {
                keepCopy(loader, name.replace('/', '.'));
            }
            if (!isWeavingOver()) {
                weaveAndAwait();
            }
        } else if (!isWeavingOver() && !belongsToAgent(loader)) {
            if (isLoaderClass(ClassFileNames.superclass(classFile))) {
                // Weaves before an instance of the loader can define its first class, which may be
                // a copy of the API.
                weaveAndAwait();
            } else if (++read >= MOST_CLASSES_READ) {
                lateWeaving();
            }
        }
    }

    /** Whether the loader delegates to the boot loader first, or never has a copy. */
    private boolean isKnown(ClassLoader loader) {
        if (loader == platformLoader) {
            return true;
        }
        return switch (loader.getClass().getName()) {
            case "jdk.internal.loader.ClassLoaders$AppClassLoader",
                    AGENT_LOADER,
                    "io.corral.start.boot.ImageLoader",
                    "jdk.internal.reflect.DelegatingClassLoader",
                    "sun.reflect.misc.MethodUtil" -> true;
            default -> false;
        };
    }

    /** The loader that defines the agent's loaders, which hold no copy. */
    private static boolean belongsToAgent(ClassLoader loader) {
        return loader.getClass().getName().equals(AGENT_LOADER);
    }

    private static boolean isLoaderClass(@Nullable String superclass) {
        if (superclass == null) {
            return false;
        }
        return switch (superclass) {
            case ClassLoaderVisitor.CLASS_LOADER,
                    "java/security/SecureClassLoader",
                    "java/net/URLClassLoader" -> true;
            default -> false;
        };
    }

    /**
     * Keeps a copy if one of its classes is defined before the weaving, or without a name. The copy
     * works as without the agent, and must not be mixed with the boot loader's classes.
     */
    private void keepCopy(ClassLoader loader, String name) {
        if (CopyHook.ours(name) == null) {
            return;
        }
        boolean first;
        synchronized (this) {
            first = CopyHook.keep(loader);
        }
        if (first) {
            Log.error("a class loader (" + loader.getClass().getName()
                    + ") has its own copy of the API, and keeps it."
                    + " What it loads runs unmetered.");
        }
    }

    private void weaveAndAwait() {
        lateWeaving().await();
    }

    /** The weaving; starts it if it has not begun. */
    private ClassLoaderRetransformation lateWeaving() {
        ClassLoaderRetransformation begun = lateWeaving;
        if (begun == null) {
            ClassLoaderRetransformation mine = new ClassLoaderRetransformation(instrumentation);
            if (LATE_WEAVING.compareAndSet(this, null, mine)) {
                mine.start();
            }
            // The weaving is never undone.
            begun = Objects.requireNonNull(lateWeaving);
        }
        return begun;
    }
}
