package io.corral.rules.limits;

import io.corral.Limits;
import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.runtime.control.LimitSettings.CpuMax;

import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of controls. */
final class LimitValues {

    static final String CPU =
            "a share of one CPU as in 20%, QUOTA PERIOD in microseconds, or max for no limit";

    private static final String WAIT = "a time with its unit, as in 500ms, 2s or 1m";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)%");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");

    /** The kernel's bounds, in microseconds. */
    private static final long LEAST_MICROS = 1_000;

    private static final long LONGEST_PERIOD_MICROS = 1_000_000;

    private static final BigDecimal LEAST_PERCENT = new BigDecimal("0.1");
    private static final BigDecimal MOST_PERCENT = new BigDecimal("1000000");
    private static final BigDecimal NANOS_OF_PERCENT =
            BigDecimal.valueOf(CpuMax.DEFAULT_PERIOD_NANOS / 100);
    private static final long MAX_WAIT_MILLIS = TimeUnit.HOURS.toMillis(1);

    private LimitValues() {}

    /** @return -1 if the text is not a whole number from 0 */
    static long number(String text) {
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
    }

    /**
     * @param first the first word of the value, which is not {@code max}
     * @return without an origin
     */
    static CpuMax cpuMax(String first, int column, LineScanner in) throws SyntaxException {
        Matcher percent = PERCENT.matcher(first);
        if (percent.matches()) {
            BigDecimal value = new BigDecimal(percent.group(1));
            if (value.compareTo(LEAST_PERCENT) < 0 || value.compareTo(MOST_PERCENT) > 0) {
                throw new SyntaxException(
                        column,
                        "cpu.max is \"" + first + "\"; expected " + LEAST_PERCENT + "% to "
                                + MOST_PERCENT + "% of one CPU");
            }
            return cpuMax(
                    value.multiply(NANOS_OF_PERCENT).longValue(), CpuMax.DEFAULT_PERIOD_NANOS);
        }
        long quota = number(first);
        long period = number(in.peek());
        if (quota < 0 || period < 0) {
            throw new SyntaxException(
                    column,
                    "cpu.max is \"" + first + "\"" + (quota < 0 ? "" : " without a unit")
                            + "; expected " + CPU);
        }
        int ofPeriod = in.column();
        in.word();
        if (quota < LEAST_MICROS || quota > Limits.UNLIMITED / 1_000_000) {
            throw new SyntaxException(
                    column,
                    "the quota is " + quota + " microseconds; expected " + LEAST_MICROS
                            + " or more");
        }
        if (period < LEAST_MICROS || period > LONGEST_PERIOD_MICROS) {
            throw new SyntaxException(
                    ofPeriod,
                    "the period is " + period + " microseconds; expected " + LEAST_MICROS + " to "
                            + LONGEST_PERIOD_MICROS);
        }
        return cpuMax(TimeUnit.MICROSECONDS.toNanos(quota), TimeUnit.MICROSECONDS.toNanos(period));
    }

    private static CpuMax cpuMax(long quotaNanos, long periodNanos) {
        return new CpuMax(quotaNanos, periodNanos, 0, Limits.Mode.ENFORCE, "");
    }

    /** The value of {@code wait}, in nanoseconds. */
    static long wait(LineScanner in) throws SyntaxException {
        int column = in.column();
        if (in.isAtEnd()) {
            throw new SyntaxException(column, "the value of wait is missing; expected " + WAIT);
        }
        String value = in.word();
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw new SyntaxException(column, "wait is \"" + value + "\"; expected " + WAIT);
        }
        long number = Long.parseLong(time.group(1));
        long millis = switch (time.group(2)) {
            case "ms" -> number;
            case "s" -> TimeUnit.SECONDS.toMillis(number);
            default -> TimeUnit.MINUTES.toMillis(number);
        };
        if (millis > MAX_WAIT_MILLIS) {
            throw new SyntaxException(column, "wait is \"" + value + "\"; expected 60m at most");
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
