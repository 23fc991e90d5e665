package io.corral.commands.view;

import io.corral.Usage;
import io.corral.commands.reading.Meanwhile;
import io.corral.runtime.notice.ControlCharacters;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The columns of the table of containers, to the right of the containers' names. */
public enum Column {
    CPU("CPU %", 7, (rates, rate) -> Numbers.percent(rate.cpus())),
    JVM("JVM", 21, (rates, rate) -> FittedText.shortened(rate.jvm(), 21)),
    JVMS("JVMS", 4, (rates, rate) -> Integer.toString(rate.jvms())),
    BAR("", 10, (rates, rate) -> bar(rates.shareOf(rate))),
    TIME("TIME", 9, (rates, rate) -> Numbers.time(rate.row().cpuNanos())),
    SHARE(
            "SHARE %",
            7,
            (rates, rate) -> Numbers.share(
                    rate.row().cpuNanos(), rates.reading().process().processNanos())),
    ALLOCATION("ALLOC/s", 10, (rates, rate) -> Numbers.bytes(rate.bytesPerSecond())),
    ALLOCATED("ALLOCATED", 10, (rates, rate) -> Numbers.bytes(rate.row().allocatedBytes())),
    THREADS("THREADS", 7, (rates, rate) -> Numbers.count(rate.row().threads())),
    VIRTUAL("VIRTUAL", 8, (rates, rate) -> Numbers.count(rate.row().virtualThreads())),
    STARTS("STARTS/s", 8, (rates, rate) -> Numbers.count(rate.startsPerSecond())),
    FORKS("FORKS", 10, (rates, rate) -> Numbers.count(rate.row().forks())),
    EXITS("EXITS", 10, (rates, rate) -> Numbers.count(rate.row().exits())),
    QUEUED("QUEUED %", 8, (rates, rate) -> Numbers.percent(rate.queuedShare())),
    QUEUED_TOTAL("QUEUED %", 8, (rates, rate) -> Numbers.percent(rate.queuedShareOfTotal())),
    WAIT("WAIT", 8, (rates, rate) -> Numbers.duration(rate.meanWaitNanos())),
    WAIT_TOTAL("WAIT", 8, (rates, rate) -> Numbers.duration(rate.meanWaitNanosOfTotal())),
    THROTTLED("THROTTLED %", 11, (rates, rate) -> Numbers.percent(rate.throttled())),
    THROTTLED_TIME("THROTTLED", 9, (rates, rate) -> Numbers.time(rate.row().throttledNanos())),
    SHED("SHED/s", 8, (rates, rate) -> Numbers.count(rate.shedPerSecond())),
    SHED_TOTAL("SHED", 8, (rates, rate) -> Numbers.count(rate.row().shed())),
    WAITED("WAITED %", 8, Column::waited),

    /** The others that used most CPU time while the container waited. It takes the free width. */
    MEANWHILE("RAN MEANWHILE", 40, Column::others),
    GC("GC EST %", 8, (rates, rate) -> Numbers.percent(rate.gcCpus())),
    GC_TIME("GC EST", 9, (rates, rate) -> Numbers.time(rate.row().gcEstimatedNanos()));

    private static final int BAR_LENGTH = 10;

    private final String title;
    private final int width;

    // The functions have no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiFunction<Rates, Rate, String> text;

    Column(String title, int width, BiFunction<Rates, Rate, String> text) {
        this.title = title;
        this.width = width;
        this.text = text;
    }

    /** The wanted columns, without those of which nothing is known in any row. */
    public static List<Column> available(List<Column> wanted, Rates rates) {
        return wanted.stream()
                .filter(column -> rates.rows().stream()
                        .anyMatch(rate ->
                                column.isKnownFor(rate, rates.reading().meanwhile() != null)))
                .toList();
    }

    private boolean isKnownFor(Rate rate, boolean isMeanwhileKnown) {
        return switch (this) {
            case JVM -> !rate.jvm().isEmpty();
            case JVMS -> rate.jvms() > 0;
            case VIRTUAL -> Usage.isKnown(rate.row().virtualThreads());
            case EXITS -> Usage.isKnown(rate.row().exits());
            case QUEUED, QUEUED_TOTAL -> Usage.isKnown(rate.row().queuedNanos());
            case WAIT, WAIT_TOTAL -> Usage.isKnown(rate.row().waits());
            case THROTTLED, THROTTLED_TIME -> isPositive(rate.row().throttledNanos());
            case SHED, SHED_TOTAL -> isPositive(rate.row().shed());
            case WAITED, MEANWHILE -> isMeanwhileKnown;
            default -> true;
        };
    }

    private static boolean isPositive(long count) {
        return Usage.isKnown(count) && count > 0;
    }

    /** Whether it is a text of any length, which begins at the left. */
    boolean isText() {
        return this == MEANWHILE;
    }

    /** 100% is one thread that always waits. */
    private static String waited(Rates rates, Rate rate) {
        Meanwhile meanwhile = rates.meanwhile(rate);
        return meanwhile == null ? "" : Numbers.percent(meanwhile.waiting());
    }

    private static String others(Rates rates, Rate rate) {
        return String.join("", parts(rates, rate));
    }

    /** What {@link #MEANWHILE} shows of a container, the most important first. */
    static List<String> parts(Rates rates, Rate rate) {
        Meanwhile meanwhile = rates.meanwhile(rate);
        List<String> parts = new ArrayList<>();
        if (meanwhile != null) {
            for (Meanwhile.Other other : meanwhile.others()) {
                parts.add((parts.isEmpty() ? "" : ", ")
                        + ControlCharacters.escaped(other.path()) + " "
                        + Math.round(100 * other.part()) + "%");
            }
        }
        return parts;
    }

    int width() {
        return width;
    }

    String title() {
        return title;
    }

    String text(Rates rates, Rate rate) {
        return text.apply(rates, rate);
    }

    /** @param share the share of the process's CPU time; NaN if unknown */
    private static String bar(double share) {
        int length = Double.isNaN(share)
                ? 0
                : (int) Math.round(BAR_LENGTH * Math.max(0, Math.min(1, share)));
        return "|".repeat(length) + " ".repeat(BAR_LENGTH - length);
    }
}
