package io.corral.commands.endpoint;

import java.util.Map;

/** One value of a metric, with its labels. */
record Sample(String metric, Map<String, String> labels, double value) {

    /** The value of a label; empty if there is no such label. */
    String label(String name) {
        return labels.getOrDefault(name, "");
    }
}
