package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.Setup;

/** How a service is started and looked at. */
record Variant(Setup setup, View view) {

    @Override
    public String toString() {
        return setup + (view == View.NONE ? "" : ", " + view);
    }
}
