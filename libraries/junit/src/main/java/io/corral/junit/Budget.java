package io.corral.junit;

import io.corral.Usage;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The budgets of a test; null where there is none. */
record Budget(@Nullable CpuBudget cpu, @Nullable AllocationBudget allocation) {

    private static final BigDecimal NANOS_A_MILLI = BigDecimal.valueOf(1_000_000);

    /** The budgets that are nearest to a test method. */
    static Budget of(Class<?> testClass, Method test) {
        return new Budget(
                nearest(testClass, test, CpuBudget.class),
                nearest(testClass, test, AllocationBudget.class));
    }

    private static <A extends Annotation> @Nullable A nearest(
            Class<?> testClass, Method test, Class<A> type) {
        Optional<A> found = AnnotationSupport.findAnnotation(test, type);
        Class<?> each = testClass;
        while (found.isEmpty() && each != null) {
            found = AnnotationSupport.findAnnotation(each, type);
            each = AnnotationSupport.isAnnotated(each, Nested.class)
                    ? each.getEnclosingClass()
                    : null;
        }
        return found.orElse(null);
    }

    boolean isEmpty() {
        return cpu == null && allocation == null;
    }

    int warmups() {
        return Math.max(
                cpu == null ? 0 : cpu.warmups(), allocation == null ? 0 : allocation.warmups());
    }

    /**
     * @throws AssertionFailedError if more was used
     * @throws TestAbortedException if this JVM cannot say what was used
     */
    void check(Usage usage) {
        List<String> excesses = new ArrayList<>();
        if (cpu != null) {
            requireKnown(usage.cpuNanos(), "CPU time");
            long budgetNanos = Math.multiplyExact(cpu.millis(), 1_000_000L);
            if (usage.cpuNanos() > budgetNanos) {
                excesses.add("used " + millis(usage.cpuNanos()) + " of CPU time, "
                        + millis(usage.cpuNanos() - budgetNanos)
                        + percent(usage.cpuNanos(), budgetNanos)
                        + " over its budget of " + cpu.millis() + " ms");
            }
        }
        if (allocation != null) {
            requireKnown(usage.allocatedBytes(), "allocation");
            long budgetBytes = allocation.bytes();
            if (usage.allocatedBytes() > budgetBytes) {
                excesses.add("allocated " + bytes(usage.allocatedBytes()) + ", "
                        + bytes(usage.allocatedBytes() - budgetBytes)
                        + percent(usage.allocatedBytes(), budgetBytes)
                        + " over its budget of " + bytes(budgetBytes));
            }
        }
        if (!excesses.isEmpty()) {
            throw new AssertionFailedError("the test " + String.join(", and ", excesses));
        }
    }

    private static void requireKnown(long value, String what) {
        if (!Usage.isKnown(value)) {
            throw new TestAbortedException("this JVM does not measure " + what);
        }
    }

    private static String millis(long nanos) {
        return BigDecimal.valueOf(nanos)
                        .divide(NANOS_A_MILLI, 1, RoundingMode.UP)
                        .toPlainString()
                + " ms";
    }

    private static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d bytes", bytes);
    }

    /** The excess in per cent of the budget; empty for a budget of 0. */
    private static String percent(long used, long budget) {
        return budget == 0
                ? ""
                : String.format(Locale.ROOT, " (%.0f%%)", 100.0 * (used - budget) / budget);
    }
}
