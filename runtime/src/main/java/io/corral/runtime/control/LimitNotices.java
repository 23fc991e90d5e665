package io.corral.runtime.control;

import io.corral.LimitExceeded;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.notice.Notifier;
import io.corral.runtime.notice.Observer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Tells that a container has exceeded a limit: listeners at most once a second, the log at most
 * once a minute for all containers. The background thread does it, so that a request only checks
 * the time.
 */
final class LimitNotices {

    private static final long EVENT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LINE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final AtomicLong NEXT_LINE = new AtomicLong(System.nanoTime());

    private final ContainerControl control;
    private final List<Consumer<LimitExceeded>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    LimitNotices(ContainerControl control) {
        this.control = control;
    }

    void add(Consumer<LimitExceeded> listener) {
        listeners.add(listener);
    }

    boolean remove(Consumer<LimitExceeded> listener) {
        return listeners.remove(listener);
    }

    /** Called where a limit is exceeded, on the thread that exceeds it. */
    void exceeded(String name, boolean isMonitored) {
        Notifier background = Notifier.Current.notifier;
        if (background != null && isDue(next, EVENT_NANOS)) {
            background.later(new Notice(name, isMonitored, control.useOf(name)));
        }
    }

    private static boolean isDue(AtomicLong next, long intervalNanos) {
        long due = next.get();
        long now = System.nanoTime();
        return now - due >= 0 && next.compareAndSet(due, now + intervalNanos);
    }

    private final class Notice implements Runnable {

        private final String name;
        private final boolean isMonitored;
        private final long use;

        Notice(String name, boolean isMonitored, long use) {
            this.name = name;
            this.isMonitored = isMonitored;
            this.use = use;
        }

        @Override
        public void run() {
            LimitExceeded event = new LimitExceeded(
                    control.container().api(),
                    name,
                    control.limitOf(name),
                    use,
                    isMonitored ? Limits.Mode.MONITOR : Limits.Mode.ENFORCE);
            Observer observer = Observer.Current.observer;
            if (observer != null) {
                observer.limitExceeded(event);
            }
            for (Consumer<LimitExceeded> each : listeners) {
                try {
                    each.accept(event);
                } catch (Throwable failure) {
                    HookFailures.CONTROL.report(failure);
                }
            }
            if (isDue(NEXT_LINE, LINE_NANOS)) {
                Log.info("container " + control + " exceeds its limit " + name
                        + (isMonitored ? ", which only counts (mode monitor): " : ": ")
                        + numbers());
            }
        }

        private String numbers() {
            LimitStat stat = control.stat();
            boolean isOfThreads = name.equals(LimitNames.THREADS_MAX);
            if (isMonitored) {
                return isOfThreads
                        ? stat.wouldRefuseStarts() + " starts would have been refused"
                        : stat.wouldWait() + " requests would have waited, " + stat.wouldShed()
                                + " would have been shed";
            }
            return isOfThreads
                    ? stat.threads() + " live threads, " + stat.refusedStarts()
                            + " starts have been refused"
                    : stat.waiting() + " requests wait, " + stat.waited() + " have waited, "
                            + stat.shed() + " have been shed";
        }
    }
}
