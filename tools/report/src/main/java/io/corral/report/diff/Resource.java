package io.corral.report.diff;

/** What a container uses, and what samples say about the code that uses it. */
public enum Resource {
    CPU("CPU time"),
    ALLOCATION("allocation");

    private final String title;

    Resource(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
