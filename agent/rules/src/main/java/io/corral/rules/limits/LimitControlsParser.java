package io.corral.rules.limits;

import io.corral.Limits;
import io.corral.rules.language.LineScanner;
import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.runtime.control.LimitNames;
import io.corral.runtime.control.LimitSettings;
import io.corral.runtime.control.LimitSettings.CpuMax;
import io.corral.runtime.control.LimitSettings.Fair;
import io.corral.runtime.control.LimitSettings.RequestsMax;
import io.corral.runtime.control.LimitSettings.ThreadsMax;
import io.corral.runtime.control.LimitSettings.Weight;
import io.corral.runtime.control.LimitText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the controls of a {@code limit} line, and the options that follow them. */
final class LimitControlsParser {

    private static final String WAIT = LimitText.WAIT;
    private static final String MODE = LimitText.MODE;

    private static final String VALID =
            String.join(", ", LimitNames.ALL) + ", " + WAIT + " or " + MODE;

    /** The controls at whose doors a request may wait. */
    private static final Set<String> WITH_WAIT =
            Set.of(LimitNames.FAIR, LimitNames.CPU_MAX, LimitNames.REQUESTS_MAX);

    private static final int MAX_WEIGHT = 10_000;

    private final LineScanner in;
    private final String origin;

    /** Where each word stands that has been read. */
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    private long requestsMax;
    private long threadsMax;
    private int weight;
    private boolean isFair;
    private CpuMax cpuMax = CpuMax.lifted("");

    /** Null if the line does not say it. */
    private @Nullable Long waitNanos;

    private Limits.Mode mode = Limits.Mode.ENFORCE;

    LimitControlsParser(LineScanner in, String origin) {
        this.in = in;
        this.origin = origin;
    }

    /** Parses the rest of the line. */
    LimitControls parse() throws SyntaxException {
        if (in.isAtEnd()) {
            throw new SyntaxException(
                    in.column(), "the limit is incomplete; expected a control: " + VALID);
        }
        while (!in.isAtEnd()) {
            int column = in.column();
            String word = in.word();
            if (columns.putIfAbsent(word, column) != null) {
                throw new SyntaxException(
                        column, "a second \"" + word + "\"; a limit has one at most");
            }
            parse(word, column);
        }
        checkOptions();
        Integer ofWait = columns.remove(WAIT);
        Integer ofMode = columns.remove(MODE);
        if (columns.isEmpty()) {
            throw new SyntaxException(
                    ofWait == null ? orFirst(ofMode) : ofWait,
                    "a limit without a control; expected "
                            + String.join(
                                    ", ", LimitNames.ALL.subList(0, LimitNames.ALL.size() - 1))
                            + " or " + LimitNames.ALL.get(LimitNames.ALL.size() - 1));
        }
        return new LimitControls(settings(), columns);
    }

    private static int orFirst(@Nullable Integer column) {
        return column == null ? 1 : column;
    }

    private void parse(String word, int column) throws SyntaxException {
        switch (word) {
            case LimitNames.FAIR -> isFair = !in.accept(LimitText.OFF);
            case LimitNames.WEIGHT -> weight = weight();
            case LimitNames.CPU_MAX -> cpuMax = cpuMax();
            case LimitNames.REQUESTS_MAX -> requestsMax = count(word, "requests");
            case LimitNames.THREADS_MAX -> threadsMax = count(word, "threads");
            case WAIT -> waitNanos = LimitValues.wait(in);
            case MODE -> mode = mode();
            default ->
                throw new SyntaxException(
                        column, "unknown control \"" + word + "\"; expected " + VALID);
        }
    }

    private int weight() throws SyntaxException {
        int column = in.column();
        String value = value(LimitNames.WEIGHT, "a number from 1 to " + MAX_WEIGHT);
        long parsed = LimitValues.number(value);
        if (parsed < 1 || parsed > MAX_WEIGHT) {
            throw new SyntaxException(
                    column,
                    "weight is \"" + value + "\"; expected a number from 1 to " + MAX_WEIGHT);
        }
        return (int) parsed;
    }

    private long count(String control, String what) throws SyntaxException {
        String expected = "a number of " + what + " from 0, or max for no limit";
        int column = in.column();
        String value = value(control, expected);
        if (value.equals(LimitText.MAX)) {
            return Limits.UNLIMITED;
        }
        long parsed = LimitValues.number(value);
        if (parsed < 0) {
            throw new SyntaxException(
                    column, control + " is \"" + value + "\"; expected " + expected);
        }
        return parsed;
    }

    private CpuMax cpuMax() throws SyntaxException {
        int column = in.column();
        String value = value(LimitNames.CPU_MAX, LimitValues.CPU);
        if (value.equals(LimitText.MAX)) {
            if (LimitValues.number(in.peek()) >= 0) {
                in.word();
            }
            return CpuMax.lifted(origin);
        }
        return LimitValues.cpuMax(value, column, in);
    }

    private Limits.Mode mode() throws SyntaxException {
        int column = in.column();
        String value = value(MODE, "monitor or enforce");
        return switch (value) {
            case LimitText.MONITOR -> Limits.Mode.MONITOR;
            case LimitText.ENFORCE -> Limits.Mode.ENFORCE;
            default ->
                throw new SyntaxException(
                        column, "unknown mode \"" + value + "\"; expected monitor or enforce");
        };
    }

    private String value(String word, String expected) throws SyntaxException {
        if (in.isAtEnd()) {
            throw new SyntaxException(
                    in.column(), "the value of " + word + " is missing; expected " + expected);
        }
        return in.word();
    }

    /** An option that applies to no control of the line is an error. */
    private void checkOptions() throws SyntaxException {
        Integer wait = columns.get(WAIT);
        boolean hasDoor = false;
        boolean hasLimit = false;
        for (String each : columns.keySet()) {
            hasDoor |= WITH_WAIT.contains(each);
            hasLimit |= WITH_WAIT.contains(each) || each.equals(LimitNames.THREADS_MAX);
        }
        if (wait != null && !hasDoor) {
            throw new SyntaxException(
                    wait, "nothing waits here; expected wait beside fair, cpu.max or requests.max");
        }
        Integer ofMode = columns.get(MODE);
        if (ofMode != null && !hasLimit) {
            throw new SyntaxException(
                    ofMode,
                    (columns.containsKey(LimitNames.WEIGHT) ? "a weight" : "mode")
                            + " alone limits nothing; expected mode beside fair, cpu.max,"
                            + " requests.max or threads.max");
        }
    }

    private LimitSettings settings() {
        long wait = waitNanos == null ? 0 : waitNanos;
        return new LimitSettings(
                has(LimitNames.REQUESTS_MAX)
                        ? new RequestsMax(requestsMax, wait, mode, origin)
                        : null,
                has(LimitNames.FAIR) ? fair() : null,
                has(LimitNames.WEIGHT) ? new Weight(weight, origin) : null,
                has(LimitNames.CPU_MAX)
                        ? new CpuMax(cpuMax.quotaNanos(), cpuMax.periodNanos(), wait, mode, origin)
                        : null,
                has(LimitNames.THREADS_MAX) ? new ThreadsMax(threadsMax, mode, origin) : null);
    }

    private Fair fair() {
        return isFair
                ? new Fair(waitNanos == null ? Fair.DEFAULT_WAIT_NANOS : waitNanos, mode, origin)
                : Fair.lifted(origin);
    }

    private boolean has(String control) {
        return columns.containsKey(control);
    }
}
