package io.corral.metrics;

import io.corral.runtime.notice.Log;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of OpenTelemetry that concern the export of metrics by OTLP. A variable
 * for metrics takes precedence over the one for all signals. A wrong value is logged, and the
 * default is used.
 */
final class OtlpSettings {

    private static final String PREFIX = "OTEL_EXPORTER_OTLP_";
    private static final String ENDPOINT = "http://localhost:4318";
    private static final String PATH = "v1/metrics";
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long INTERVAL_MILLIS = 60_000;

    private final Map<String, String> environment;

    OtlpSettings(Map<String, String> environment) {
        this.environment = environment;
        oneOf(name("PROTOCOL"), List.of("http/protobuf"));
    }

    String endpoint() {
        String ofMetrics = text(PREFIX + "METRICS_ENDPOINT");
        if (ofMetrics != null && isUrl(PREFIX + "METRICS_ENDPOINT", ofMetrics)) {
            return ofMetrics;
        }
        String base = text(PREFIX + "ENDPOINT");
        String known = base != null && isUrl(PREFIX + "ENDPOINT", base) ? base : ENDPOINT;
        return known.endsWith("/") ? known + PATH : known + "/" + PATH;
    }

    private static boolean isUrl(String name, String value) {
        try {
            URI uri = new URI(value);
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return true;
            }
        } catch (URISyntaxException noUri) {
            // Reported like another scheme.
        }
        report(name, value, "a URL with http or https", ENDPOINT);
        return false;
    }

    /** The headers of each request. */
    Map<String, String> headers() {
        String list = text(name("HEADERS"));
        return list == null ? Map.of() : pairs(list);
    }

    String compression() {
        return oneOf(name("COMPRESSION"), List.of("none", "gzip"));
    }

    /** The temporality of counters: {@code cumulative}, {@code delta} or {@code lowmemory}. */
    String temporality() {
        return oneOf(
                PREFIX + "METRICS_TEMPORALITY_PREFERENCE",
                List.of("cumulative", "delta", "lowmemory"));
    }

    long timeoutMillis() {
        return millis(name("TIMEOUT"), TIMEOUT_MILLIS);
    }

    long intervalMillis() {
        return millis("OTEL_METRIC_EXPORT_INTERVAL", INTERVAL_MILLIS);
    }

    /** The resource attributes of the process. */
    Map<String, String> resource() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("service.name", "unknown_service:java");
        String list = text("OTEL_RESOURCE_ATTRIBUTES");
        if (list != null) {
            attributes.putAll(pairs(list));
        }
        String name = text("OTEL_SERVICE_NAME");
        if (name != null) {
            attributes.put("service.name", name);
        }
        return attributes;
    }

    /**
     * The content of the PEM file that a variable names; null if the variable is not set.
     *
     * @param key such as {@code CERTIFICATE}
     * @throws IOException if it can't be read
     */
    byte @Nullable [] file(String key) throws IOException {
        String name = text(name(key));
        if (name == null) {
            return null;
        }
        try (InputStream in = new FileInputStream(new File(name))) {
            return in.readAllBytes();
        }
    }

    private Map<String, String> pairs(String list) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : list.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals).trim(),
                        decoded(pair.substring(equals + 1).trim()));
            }
        }
        return pairs;
    }

    /** Decodes percent escapes. A plus sign is not a space here. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    /** The first choice is the default. */
    private String oneOf(String name, List<String> choices) {
        String value = text(name);
        String chosen = value == null ? choices.get(0) : value.toLowerCase(Locale.ROOT);
        if (choices.contains(chosen)) {
            return chosen;
        }
        report(name, chosen, String.join(", ", choices), choices.get(0));
        return choices.get(0);
    }

    private long millis(String name, long otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long millis = Long.parseLong(value);
            if (millis > 0) {
                return millis;
            }
        } catch (NumberFormatException noNumber) {
            // Reported like a number that is not positive.
        }
        report(name, value, "milliseconds", Long.toString(otherwise));
        return otherwise;
    }

    private static void report(String name, String value, String choices, String otherwise) {
        Log.error("environment variable " + name + " is \"" + value + "\"; expected " + choices
                + "; using " + otherwise);
    }

    /** The name of the variable for metrics if it is set, else of the one for all signals. */
    private String name(String key) {
        String ofMetrics = PREFIX + "METRICS_" + key;
        return text(ofMetrics) == null ? PREFIX + key : ofMetrics;
    }

    /** The value of a variable, or null. An empty variable counts as not set. */
    private @Nullable String text(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.trim();
    }
}
