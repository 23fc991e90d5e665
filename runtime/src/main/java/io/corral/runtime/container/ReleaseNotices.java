package io.corral.runtime.container;

import io.corral.Container;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Notifier;
import io.corral.runtime.notice.Observer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The notices that run when a container becomes empty. They are armed while the container is
 * populated, and fired once when the last member has left.
 */
public final class ReleaseNotices implements Runnable {

    /** Whether a notice was ever requested. Until then, forks and exits do no work for notices. */
    private static volatile boolean wanted;

    private final ContainerNode container;
    private final List<Consumer<Container>> notices = new CopyOnWriteArrayList<>();

    /** The number of times this was armed and disarmed: odd while it is armed. */
    private final AtomicLong changes = new AtomicLong();

    ReleaseNotices(ContainerNode container) {
        this.container = container;
    }

    /**
     * Adds a notice for each time that the last member of {@code container}, or of one below it,
     * has left.
     */
    public static void add(ContainerNode container, Consumer<Container> notice) {
        container.releaseNotices().add(notice);
    }

    /** @return false if it was not added, or was withdrawn before */
    public static boolean withdraw(ContainerNode container, Consumer<Container> notice) {
        return container.releaseNotices().notices.remove(notice);
    }

    void add(Consumer<Container> notice) {
        notices.add(notice);
        wanted = true;
        // Earlier members have not armed it. If a member comes or the last one leaves between the
        // check and the arming, the hook of that member arms or fires.
        long seen = changes.get();
        if (!isArmed(seen) && container.isPopulated() && changes.compareAndSet(seen, seen + 1)) {
            // The last member may have left before the notices were armed.
            fireIfEmpty();
        }
    }

    private static boolean isArmed(long changes) {
        return (changes & 1) == 1;
    }

    /** Whether {@link #populated} and {@link #emptied} have to be called. */
    public static boolean areWanted() {
        return wanted;
    }

    /** Called after a member was counted in at this container. */
    public static void populated(ContainerNode container) {
        for (ContainerNode node = container; node != null; node = node.parent()) {
            node.releaseNotices().arm();
        }
    }

    private void arm() {
        long seen = changes.get();
        if (!notices.isEmpty() && !isArmed(seen)) {
            changes.compareAndSet(seen, seen + 1);
        }
    }

    /** Called after the last member of one of this container's accounts was counted out. */
    public static void emptied(ContainerNode container) {
        for (ContainerNode node = container; node != null; node = node.parent()) {
            node.releaseNotices().fireIfEmpty();
        }
    }

    /**
     * A member that comes between the check and the disarming has found this armed. So this checks
     * again, and arms for that member. Then its exit or this loop runs the notices.
     */
    private void fireIfEmpty() {
        while (true) {
            long seen = changes.get();
            if (notices.isEmpty() || !isArmed(seen) || container.isPopulated()) {
                return;
            }
            if (!changes.compareAndSet(seen, seen + 1)) {
                return;
            }
            if (!container.isPopulated()) {
                tellLater(seen + 1);
                return;
            }
            changes.compareAndSet(seen + 1, seen + 2);
        }
    }

    /** @param disarmed the count from which it is armed again if there is no memory for the task */
    private void tellLater(long disarmed) {
        Notifier notifier = Notifier.Current.notifier;
        boolean isTold = false;
        try {
            if (notifier != null) {
                notifier.later(this);
            }
            isTold = true;
        } finally {
            if (!isTold) {
                changes.compareAndSet(disarmed, disarmed + 1);
            }
        }
    }

    /** Runs the notices. This is not a method reference, since an exit would have to link it. */
    @Override
    public void run() {
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            observer.containerReleased(container.api());
        }
        for (Consumer<Container> notice : notices) {
            try {
                notice.accept(container.api());
            } catch (Throwable failure) {
                HookFailures.RELEASE_NOTICE.report(failure, container.toString());
            }
        }
    }
}
