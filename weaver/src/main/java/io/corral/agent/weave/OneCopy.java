package io.corral.agent.weave;

import io.corral.runtime.hook.CopyHook;
import io.corral.runtime.notice.Log;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Gives the boot loader's classes to a class loader that would define a copy of the API: a web
 * application's, a bundle's, that of a layer of modules. {@code ClassLoader.defineClass} is woven for
 * that, once such loaders are in sight: it costs 5 to 10 ms, which most small programs don't need.
 */
public final class OneCopy implements ClassFileTransformer {

    private static final String API = "io/corral/";

    /** The JDK's loader of modules outside the boot layer. */
    private static final String LAYERS_LOADER = "jdk/internal/loader/Loader";

    private static final String AGENT_LOADER = "io.corral.agent.image.AgentLoader";

    /** The variants of {@code defineClass} that all others lead to. */
    private static final int VARIANTS = 2;

    /** To ask so many classes for their superclass costs as much as to weave. */
    private static final int MANY = 4_000;

    private static final AtomicReferenceFieldUpdater<OneCopy, @Nullable Arming> ARMING =
            AtomicReferenceFieldUpdater.newUpdater(OneCopy.class, Arming.class, "arming");

    private static volatile boolean said;

    private final Instrumentation instrumentation;
    private final ClassLoader platforms = ClassLoader.getPlatformClassLoader();
    private final LayerReads reads;
    private volatile @Nullable Arming arming;

    /** Whether there is nothing to wait for any more, be it that the weaving has failed. */
    private volatile boolean armed;

    /** How many classes were asked. Threads that race lose some, which does no harm. */
    private int asked;

    private volatile @Nullable String fault = "it was not transformed";

    private OneCopy(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        this.reads = new LayerReads(instrumentation);
    }

    /**
     * Begins to watch. Throws nothing: the agent is active by now.
     *
     * @param late whether class loaders may be there already: then {@code ClassLoader} is woven now
     */
    public static void install(Instrumentation instrumentation, boolean late) {
        try {
            OneCopy copy = new OneCopy(instrumentation);
            instrumentation.addTransformer(copy, true);
            if (late) {
                copy.armNow();
            }
        } catch (Throwable failure) {
            say(failure);
        }
    }

    private void armNow() {
        Arming now = new Arming(instrumentation, this);
        if (ARMING.compareAndSet(this, null, now)) {
            now.run();
        }
        for (Class<?> loaded : LoadedClasses.of(instrumentation)) {
            if (loaded.getModule().isNamed()) {
                reads.ofLayerOf(loaded.getModule());
            }
        }
    }

    /**
     * On the thread that defines the class, before it is defined; or on one that retransforms it. The
     * locks that this may wait with are discussed at {@link Arming}.
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
                return isWanted(classBeingRedefined) ? weave(classFile) : null;
            }
            if (loader == null) {
                if (!armed && LAYERS_LOADER.equals(className)) {
                    arm();
                }
                return null;
            }
            defines(loader, className, classFile);
            if (module != null && module.isNamed()) {
                reads.ofLayerOf(module);
            }
        } catch (Throwable failure) {
            say(failure);
        }
        return null;
    }

    /** Once: what has failed for one class may fail for each. */
    private static void say(Throwable failure) {
        if (!said) {
            said = true;
            Log.error("a copy of the API may be in use beside the agent's: " + failure);
        }
    }

    private boolean isWanted(Class<?> retransformed) {
        return retransformed == ClassLoader.class && arming != null;
    }

    private byte[] weave(byte[] classFile) {
        LoaderWeaving weaving = new LoaderWeaving("defineClass");
        byte[] woven = weaving.weave(classFile);
        fault = weaving.woven() == VARIANTS ? null : "it has not the defineClass that is expected";
        return woven;
    }

    private void defines(ClassLoader loader, @Nullable String className, byte[] classFile) {
        if (!isKnown(loader)) {
            // A name that is not told us was not told the hook either.
            String name = className == null ? ClassFileNames.self(classFile) : className;
            if (name != null && name.startsWith(API)) {
                definesCopy(loader, name.replace('/', '.'));
            }
            if (!armed) {
                arm();
            }
        } else if (!armed && !isAgents(loader)) {
            if (isLoader(ClassFileNames.superclass(classFile))) {
                // Before an object of it can define its first class, which may be one of ours.
                arm();
            } else if (++asked >= MANY) {
                arming();
            }
        }
    }

    /** Loaders that ask the boot loader first, and those that never hold a copy. */
    private boolean isKnown(ClassLoader loader) {
        if (loader == platforms) {
            return true;
        }
        return switch (loader.getClass().getName()) {
            case "jdk.internal.loader.ClassLoaders$AppClassLoader",
                    AGENT_LOADER,
                    "io.corral.agent.boot.EntryLoader",
                    "jdk.internal.reflect.DelegatingClassLoader",
                    "sun.reflect.misc.MethodUtil" -> true;
            default -> false;
        };
    }

    /** Which defines loaders of the agent's, that have no copy either. */
    private static boolean isAgents(ClassLoader loader) {
        return loader.getClass().getName().equals(AGENT_LOADER);
    }

    private static boolean isLoader(@Nullable String superclass) {
        if (superclass == null) {
            return false;
        }
        return switch (superclass) {
            case LoaderWeaving.CLASS_LOADER,
                    "java/security/SecureClassLoader",
                    "java/net/URLClassLoader" -> true;
            default -> false;
        };
    }

    /**
     * The class comes too early, or the hook was not told its name. The loader's copy works as without
     * the agent; to take the rest of it away would break it.
     */
    private void definesCopy(ClassLoader loader, String name) {
        if (CopyHook.ours(name) == null) {
            return;
        }
        boolean first;
        synchronized (this) {
            first = CopyHook.keep(loader);
        }
        if (first) {
            Log.error("a class loader (" + loader.getClass().getName()
                    + ") has a copy of the API of its own, and keeps it."
                    + " What it loads runs unmetered.");
        }
    }

    private void arm() {
        arming().await();
    }

    /** What weaves, begun by now. */
    private Arming arming() {
        Arming begun = arming;
        if (begun == null) {
            Arming mine = new Arming(instrumentation, this);
            if (ARMING.compareAndSet(this, null, mine)) {
                mine.start();
            }
            // It is never taken back.
            begun = Objects.requireNonNull(arming);
        }
        return begun;
    }

    void weavingIsOver() {
        armed = true;
    }

    /** What is wrong with the weaving; null if all is well. */
    @Nullable String fault() {
        return fault;
    }
}
