package io.corral.runtime.hook;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.Redefinition;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.jdk.VirtualWeaving;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;

import org.jspecify.annotations.Nullable;

/**
 * Has the class of virtual threads woven when the first is made, before its constructor goes on: it gets its member when it
 * starts, like one that was made before an agent came. Weaving links the class, and a JVM without virtual threads is to have
 * compilers that need not reckon with it (decision 22).
 */
public final class FirstVirtualThread extends Redefinition {

    private static final FirstVirtualThread CURRENT = new FirstVirtualThread();

    /** Null where there is none to come: the class is woven, or there is none, or it lacks something. */
    private volatile @Nullable VirtualWeaving weaving;

    private FirstVirtualThread() {}

    /** Being called initializes this class. */
    static void initialize() {}

    /** By the agent, once the hooks are on: how the class is woven, now if there may be virtual threads already. */
    public static void weaveBy(VirtualWeaving weaving) {
        CURRENT.weaving = weaving;
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access != null && access.areUsed()) {
            CURRENT.demand();
        }
    }

    /** In the constructors of {@link Thread}. */
    static void constructed(Thread thread) {
        VirtualWeaving how = CURRENT.weaving;
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (how != null
                && access != null
                && access.isVirtual(thread)
                && !how.isBy(Thread.currentThread())) {
            CURRENT.demand();
        }
    }

    @Override
    protected boolean isSettled() {
        return weaving == null;
    }

    @Override
    protected void make() {
        VirtualWeaving how = weaving;
        if (how != null) {
            String fault = how.weave();
            if (fault != null) {
                refused(fault);
            } else if (how.isWoven()) {
                weaving = null;
            }
        }
    }

    @Override
    protected void refused(String why) {
        weaving = null;
        Log.error("virtual threads are not accounted: " + why);
    }

    @Override
    protected void exhausted(Throwable failure) {
        HookFailures.FIRST_VIRTUAL_THREAD.report(failure);
    }
}
