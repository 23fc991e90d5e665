package io.corral.commands.endpoint;

import java.io.IOException;

/** A line that is not in the format of metrics. */
final class MetricsTextException extends IOException {

    private static final long serialVersionUID = 1;

    MetricsTextException(String message) {
        super(message);
    }

    MetricsTextException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same error, with the line that has it. */
    MetricsTextException in(int lineNumber, String line) {
        return new MetricsTextException(
                "line " + lineNumber + " is no metric: " + getMessage() + ": " + line, this);
    }
}
