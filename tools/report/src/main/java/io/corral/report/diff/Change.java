package io.corral.report.diff;

/** An amount in the first recording, and the same in the second. */
public record Change(double before, double after) {

    static final Change NOTHING = new Change(0, 0);

    /** Negative if the amount became smaller. */
    public double difference() {
        return after - before;
    }

    /** The growth as a part of the first amount; infinite if that is 0, and the second is not. */
    public double ratio() {
        return difference() == 0 ? 0 : difference() / before;
    }

    Change minus(Change part) {
        return new Change(before - part.before, after - part.after);
    }

    Change plus(Change more) {
        return new Change(before + more.before, after + more.after);
    }
}
