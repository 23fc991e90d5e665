package io.corral.runtime.control;

import io.corral.Limits;
import io.corral.runtime.control.LimitSettings.CpuMax;
import io.corral.runtime.control.LimitSettings.Fair;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One control that is set for a container, as text.
 *
 * @param value the value and the wait, as a {@code limit} line says them; empty for {@code fair}
 *     with the usual wait
 * @param mode {@code enforce} or {@code monitor}; empty for a weight
 * @param origin the line of the file; or the word for code, or for the command
 */
public record LimitText(String control, String value, String mode, String origin) {

    /** The value of a control that limits nothing. */
    public static final String MAX = "max";

    /** The value of {@code fair} that limits nothing. */
    public static final String OFF = "off";

    /** The word before the time that a request may wait. */
    public static final String WAIT = "wait";

    /** The word before the mode of a line. */
    public static final String MODE = "mode";

    public static final String MONITOR = "monitor";
    public static final String ENFORCE = "enforce";

    private static final BigDecimal NANOS_OF_PERCENT =
            BigDecimal.valueOf(CpuMax.DEFAULT_PERIOD_NANOS / 100);

    /** The controls that are set, in the order of {@link LimitNames#ALL}. */
    public static List<LimitText> of(LimitSettings settings) {
        List<LimitText> all = new ArrayList<>();
        for (String control : LimitNames.ALL) {
            LimitText text = of(settings, control);
            if (text != null) {
                all.add(text);
            }
        }
        return all;
    }

    /** Null if the control is not set. */
    static @Nullable LimitText of(LimitSettings settings, String control) {
        Fair fair = settings.fair();
        LimitSettings.Weight weight = settings.weight();
        CpuMax cpu = settings.cpuMax();
        LimitSettings.RequestsMax requests = settings.requestsMax();
        LimitSettings.ThreadsMax threads = settings.threadsMax();
        return switch (control) {
            case LimitNames.FAIR ->
                fair == null ? null : of(control, value(fair), fair.mode(), fair.origin());
            case LimitNames.WEIGHT ->
                weight == null
                        ? null
                        : new LimitText(
                                control, Integer.toString(weight.weight()), "", weight.origin());
            case LimitNames.CPU_MAX ->
                cpu == null
                        ? null
                        : of(
                                control,
                                value(cpu) + orNone(cpu.waitNanos()),
                                cpu.mode(),
                                cpu.origin());
            case LimitNames.REQUESTS_MAX ->
                requests == null
                        ? null
                        : of(
                                control,
                                value(requests.max()) + orNone(requests.waitNanos()),
                                requests.mode(),
                                requests.origin());
            case LimitNames.THREADS_MAX ->
                threads == null
                        ? null
                        : of(control, value(threads.max()), threads.mode(), threads.origin());
            default -> null;
        };
    }

    private static LimitText of(String control, String value, Limits.Mode mode, String origin) {
        return new LimitText(
                control, value, mode == Limits.Mode.MONITOR ? MONITOR : ENFORCE, origin);
    }

    private static String value(Fair fair) {
        if (fair.isLifted()) {
            return OFF;
        }
        return fair.waitNanos() == Fair.DEFAULT_WAIT_NANOS ? "" : waiting(fair.waitNanos());
    }

    private static String value(CpuMax cpu) {
        if (cpu.isLifted()) {
            return MAX;
        }
        if (cpu.periodNanos() != CpuMax.DEFAULT_PERIOD_NANOS) {
            return TimeUnit.NANOSECONDS.toMicros(cpu.quotaNanos()) + " "
                    + TimeUnit.NANOSECONDS.toMicros(cpu.periodNanos());
        }
        BigDecimal percent =
                BigDecimal.valueOf(cpu.quotaNanos()).divide(NANOS_OF_PERCENT).stripTrailingZeros();
        return percent.toPlainString() + "%";
    }

    /** A number of requests or threads. */
    private static String value(long max) {
        return max == Limits.UNLIMITED ? MAX : Long.toString(max);
    }

    private static String orNone(long waitNanos) {
        return waitNanos == 0 ? "" : " " + waiting(waitNanos);
    }

    private static String waiting(long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return WAIT + " " + (millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms");
    }

    /** The control with its value and its wait, as a {@code limit} line says it. */
    public String text() {
        return value.isEmpty() ? control : control + " " + value;
    }

    /** Whether it only counts. */
    public boolean isMonitored() {
        return mode.equals(MONITOR);
    }

    /** What follows in a {@code limit} line if the control only counts; else empty. */
    String suffixOfMode() {
        return isMonitored() ? " " + MODE + " " + MONITOR : "";
    }
}
