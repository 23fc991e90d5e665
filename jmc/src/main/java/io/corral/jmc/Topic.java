package io.corral.jmc;

/** Under which heading Mission Control shows the results. */
final class Topic {

    static final String NAME = "Corral";

    private Topic() {}
}
