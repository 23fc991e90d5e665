package io.corral.runtime.notice;

import org.jspecify.annotations.Nullable;

/** A thread of Corral's own: a daemon, accounted in {@code /jvm/corral}. */
public final class CorralThread extends Thread {

    /** The thread group of exporters; null before the first exporter thread. */
    private static volatile @Nullable ThreadGroup exporters;

    public CorralThread(String name, @Nullable Runnable task) {
        this(null, name, task);
    }

    private CorralThread(@Nullable ThreadGroup group, String name, @Nullable Runnable task) {
        super(group, task, name, 0, false);
        setDaemon(true);
        try {
            setContextClassLoader(null);
        } catch (SecurityException refused) {
            // A security manager refused, so the thread keeps the context class loader of its
            // creator.
        }
    }

    /**
     * Creates a thread of an exporter. Threads that its libraries start on it are in the same
     * group.
     */
    public static CorralThread ofExporter(String name, Runnable task) {
        return new CorralThread(exporters(), name, task);
    }

    private static synchronized ThreadGroup exporters() {
        ThreadGroup known = exporters;
        if (known == null) {
            known = new ThreadGroup("corral-metrics");
            exporters = known;
        }
        return known;
    }

    /** Whether a thread belongs to an exporter. */
    public static boolean isOfExporter(Thread thread) {
        ThreadGroup known = exporters;
        return known != null && thread.getThreadGroup() == known;
    }
}
