package io.corral.runtime.control;

import io.corral.Container;
import io.corral.Limits;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.notice.Observer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells the observer of each limit of a container that has changed. */
final class LimitChanges {

    private static final String NONE = "none";

    /** The value of {@code fair}, which a line does not write. */
    private static final String ON = "on";

    private LimitChanges() {}

    static void report(ContainerNode node, LimitSettings before, LimitSettings now) {
        Observer observer = Observer.Current.observer;
        if (observer == null) {
            return;
        }
        Container container = node.api();
        for (String control : LimitNames.ALL) {
            String was = value(before, control);
            String is = value(now, control);
            if (!was.equals(is)) {
                String origin = origin(now, control);
                observer.limitChanged(
                        container,
                        control,
                        was,
                        is,
                        origin == null ? String.valueOf(origin(before, control)) : origin);
            }
        }
    }

    /** The controls that are set, as a {@code limit} line writes them. */
    static String text(LimitSettings settings) {
        StringBuilder text = new StringBuilder();
        for (String control : LimitNames.ALL) {
            String value = value(settings, control);
            if (!value.equals(NONE)) {
                text.append(text.length() == 0 ? "" : ", ").append(control);
                text.append(value.startsWith(ON) ? value.substring(ON.length()) : " " + value);
            }
        }
        return text.toString();
    }

    /** {@link #NONE} if the control is not set. */
    private static String value(LimitSettings settings, String control) {
        LimitSettings.Fair fair = settings.fair();
        LimitSettings.Weight weight = settings.weight();
        LimitSettings.CpuMax cpu = settings.cpuMax();
        LimitSettings.RequestsMax requests = settings.requestsMax();
        LimitSettings.ThreadsMax threads = settings.threadsMax();
        return switch (control) {
            case LimitNames.FAIR ->
                fair == null ? NONE : ON + waiting(fair.waitNanos()) + mode(fair.mode());
            case LimitNames.WEIGHT -> weight == null ? NONE : Integer.toString(weight.weight());
            case LimitNames.CPU_MAX ->
                cpu == null
                        ? NONE
                        : percent(cpu.cpus()) + waiting(cpu.waitNanos()) + mode(cpu.mode());
            case LimitNames.REQUESTS_MAX ->
                requests == null
                        ? NONE
                        : requests.max() + waiting(requests.waitNanos()) + mode(requests.mode());
            case LimitNames.THREADS_MAX ->
                threads == null ? NONE : threads.max() + mode(threads.mode());
            default -> NONE;
        };
    }

    private static @Nullable String origin(LimitSettings settings, String control) {
        LimitSettings.Fair fair = settings.fair();
        LimitSettings.Weight weight = settings.weight();
        LimitSettings.CpuMax cpu = settings.cpuMax();
        LimitSettings.RequestsMax requests = settings.requestsMax();
        LimitSettings.ThreadsMax threads = settings.threadsMax();
        return switch (control) {
            case LimitNames.FAIR -> fair == null ? null : fair.origin();
            case LimitNames.WEIGHT -> weight == null ? null : weight.origin();
            case LimitNames.CPU_MAX -> cpu == null ? null : cpu.origin();
            case LimitNames.REQUESTS_MAX -> requests == null ? null : requests.origin();
            case LimitNames.THREADS_MAX -> threads == null ? null : threads.origin();
            default -> null;
        };
    }

    private static String percent(double cpus) {
        double percent = Math.round(cpus * 100_000) / 1_000.0;
        return (percent == Math.rint(percent)
                        ? Long.toString((long) percent)
                        : Double.toString(percent))
                + "%";
    }

    private static String waiting(long nanos) {
        if (nanos == 0) {
            return "";
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return " wait " + (millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms");
    }

    private static String mode(Limits.Mode mode) {
        return mode == Limits.Mode.MONITOR ? " mode monitor" : "";
    }
}
