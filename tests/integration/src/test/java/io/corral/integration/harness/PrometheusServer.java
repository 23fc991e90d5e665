package io.corral.integration.harness;

import com.fasterxml.jackson.jr.ob.JSON;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A real Prometheus, which scrapes each second or at another interval. */
public final class PrometheusServer implements AutoCloseable {

    private static final String LISTENS = "msg=\"Listening on\"";
    private static final String ADDRESS = "address=";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String url;

    private PrometheusServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Whether there is a command on the path. */
    public static boolean isThere(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** @param targets hosts with ports */
    public static PrometheusServer start(Path folder, List<String> targets) throws IOException {
        return start(folder, targets, "/metrics", 1_000);
    }

    /**
     * @param folder a new one
     * @param targets hosts with ports
     * @param path where their metrics are
     */
    public static PrometheusServer start(
            Path folder, List<String> targets, String path, int intervalMillis) throws IOException {
        return start(folder, targets, path, intervalMillis, List.of());
    }

    /** @param rules files with rules */
    public static PrometheusServer start(Path folder, List<String> targets, List<Path> rules)
            throws IOException {
        return start(folder, targets, "/metrics", 1_000, rules);
    }

    private static PrometheusServer start(
            Path folder, List<String> targets, String path, int intervalMillis, List<Path> rules)
            throws IOException {
        Files.createDirectories(folder);
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  scrape_interval: %sms
                  scrape_timeout: %sms
                rule_files: %s
                scrape_configs:
                  - job_name: shop
                    metrics_path: %s
                    static_configs:
                      - targets: %s
                """.formatted(
                        intervalMillis,
                        intervalMillis,
                        JSON.std.asString(rules.stream().map(Path::toString).toList()),
                        path,
                        JSON.std.asString(targets)));
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .start();
        return new PrometheusServer(process, "http://" + address(process));
    }

    private static String address(Process process) throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains(LISTENS)) {
                CompletableFuture.runAsync(() -> lines.lines().forEach(unused -> {}));
                return line.substring(line.lastIndexOf(ADDRESS) + ADDRESS.length());
            }
        }
        throw new IOException(said.toString());
    }

    /** Asks again and again until there is an answer with as many results. */
    public List<Map<String, Object>> await(String query, int results) throws IOException {
        try {
            List<Map<String, Object>> answer = query(query);
            while (answer.size() < results) {
                answer = query(query);
            }
            return answer;
        } catch (InterruptedException timeLimit) {
            throw new IllegalStateException("no data for " + query, timeLimit);
        }
    }

    /** Waits until it has scraped so often since its start. */
    public void awaitScrapes(int scrapes) throws IOException {
        await("count_over_time(up[1h]) >= " + scrapes, 1);
    }

    /** How often it has scraped. */
    public int scrapes() throws IOException, InterruptedException {
        List<Map<String, Object>> count = query("count_over_time(up[1h])");
        return count.isEmpty()
                ? 0
                : Integer.parseInt((String) ((List<?>) count.get(0).get("value")).get(1));
    }

    /** All samples of all counters of Corral. */
    public Samples counters() throws IOException, InterruptedException {
        Samples samples = new Samples();
        for (Map<String, Object> each : query("{__name__=~\"corral_.+_total\"}[1h]")) {
            samples.add(each);
        }
        return samples;
    }

    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> query(String query) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/query?query="
                                + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        // While it starts, perhaps with a text that is no JSON.
        if (response.statusCode() == 503) {
            return List.of();
        }
        Map<String, Object> answer = JSON.std.mapFrom(response.body());
        if (!answer.get("status").equals("success")) {
            throw new IOException(query + ": " + response.body());
        }
        return (List<Map<String, Object>>) ((Map<String, Object>) answer.get("data")).get("result");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
