package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;

import org.jspecify.annotations.Nullable;

/**
 * A runnable and where it was handed over. {@code ForkJoinPool.execute} makes a task of a {@link Runnable}, and up to JDK 21 the
 * field that says where a task comes from would make such a task 8 bytes larger for everyone. So the weaver has it keep the
 * runnable in that field, and in its place this, once there is a place to take along.
 *
 * <p>What a fork-join task keeps in its field is hence null, a {@link Membership}, a {@link Runnable} or one of these.
 */
public final class PlacedRunnable implements Runnable {

    private final Object runnable;
    private final Membership submitter;

    private PlacedRunnable(Object runnable, Membership submitter) {
        this.runnable = runnable;
        this.submitter = submitter;
    }

    /** Nobody calls it but who takes this for the runnable, which must run whatever went wrong. */
    @Override
    public void run() {
        ((Runnable) runnable).run();
    }

    /** @return what is to be kept by a task that keeps a runnable */
    public static Object placed(Object kept, @Nullable Object submitter) {
        Object runnable = runnable(kept);
        return submitter instanceof Membership place
                ? new PlacedRunnable(runnable, place)
                : runnable;
    }

    /**
     * As an object, since for the JVM a call of an interface's method is check enough. Where nobody hands anything over, compilers
     * leave nothing of this.
     *
     * @param kept by a task that keeps a runnable: read before the key is looked at, which is on before there is one of these
     */
    public static Object runnable(Object kept) {
        return TaskScope.isUsed() && kept instanceof PlacedRunnable placed ? placed.runnable : kept;
    }

    /** @param kept by any fork-join task */
    public static @Nullable Object submitter(@Nullable Object kept) {
        if (kept instanceof Membership) {
            return kept;
        }
        return kept instanceof PlacedRunnable placed ? placed.submitter : null;
    }

    /** @param kept by any fork-join task, which is to keep this from now on: its submitter was taken */
    public static @Nullable Object withoutSubmitter(@Nullable Object kept) {
        if (kept instanceof Membership) {
            return null;
        }
        return kept instanceof PlacedRunnable placed ? placed.runnable : kept;
    }
}
