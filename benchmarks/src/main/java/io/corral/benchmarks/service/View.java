package io.corral.benchmarks.service;

/** How the numbers of a service are looked at. */
enum View {
    NONE("no view"),
    RECORDING("recording", "corral.jfc"),
    METRICS("metrics scraped each 5 s"),
    QUEUED("queued=on"),
    TOP("top each second"),
    PROFILE("recording with corral-profile.jfc", "corral-profile.jfc");

    private final String title;

    /** The settings of a recording beside the JDK's default ones; empty for no recording. */
    final String settings;

    View(String title) {
        this(title, "");
    }

    View(String title, String settings) {
        this.title = title;
        this.settings = settings;
    }

    @Override
    public String toString() {
        return title;
    }
}
