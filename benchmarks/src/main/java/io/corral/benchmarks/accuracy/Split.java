package io.corral.benchmarks.accuracy;

/**
 * One container's part of one run.
 *
 * @param chargedNanos CPU time by Corral
 * @param trueNanos CPU time by the truth
 * @param apportionedNanos what of {@code chargedNanos} Corral calls apportioned
 * @param residencies how often a thread began to work for it
 * @param processNanos CPU time of the JVM in that run, but for the benchmark's own
 */
record Split(
        Mix mix,
        String container,
        long chargedNanos,
        long trueNanos,
        long apportionedNanos,
        long residencies,
        long processNanos) {

    /** Where threads are between units: what lies there is what switching itself takes, for the most part. */
    static final String HOME = "home";

    private static final String MARK = "split";
    private static final int FIELDS = 8;

    /** Of the process's CPU time, in per cent; above 0 if charged too much. */
    double error() {
        return 100.0 * (chargedNanos - trueNanos) / processNanos;
    }

    /** Of the container's own CPU time, in per cent; above 0 if charged too much. */
    double ownError() {
        return 100.0 * (chargedNanos - trueNanos) / trueNanos;
    }

    String line() {
        return String.join(
                " ",
                MARK,
                mix.name(),
                container,
                String.valueOf(chargedNanos),
                String.valueOf(trueNanos),
                String.valueOf(apportionedNanos),
                String.valueOf(residencies),
                String.valueOf(processNanos));
    }

    static boolean isLine(String line) {
        return line.startsWith(MARK + " ");
    }

    static Split parse(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not a split: " + line);
        }
        return new Split(
                Mix.valueOf(fields[1]),
                fields[2],
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]),
                Long.parseLong(fields[6]),
                Long.parseLong(fields[7]));
    }
}
