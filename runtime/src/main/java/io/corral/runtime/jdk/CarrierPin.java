package io.corral.runtime.jdk;

/**
 * Keeps a virtual thread on its carrier around a lock. Call it around each lock that virtual
 * threads and other threads share.
 *
 * <p>From JDK 24 on a virtual thread leaves its carrier where it waits for a monitor. If it is the
 * next owner and its scheduler gives it no carrier, nobody else gets the free monitor: tenants that
 * keep all carriers busy would stop the threads that read usage and enforce limits.
 */
public final class CarrierPin {

    private CarrierPin() {}

    /**
     * @return whether the calling thread is virtual: it stays on its carrier until {@link #unpin}
     */
    public static boolean pin() {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (access == null || !access.isVirtual(Thread.currentThread())) {
            return false;
        }
        access.pin();
        return true;
    }

    /** @param isPinned what {@link #pin} returned */
    public static void unpin(boolean isPinned) {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        if (isPinned && access != null) {
            access.unpin();
        }
    }
}
