package io.corral.integration.views;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.support.CpuLoad;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs in the forked JVM: tenants that use the CPU as they are told to. */
final class MetricsProgram {

    static final String ODD_NAME = "a \"b\\\\c \uD83D\uDE00 \u05E2\u05D1";

    private MetricsProgram() {}

    /** @param arguments the lines of the standard input say what to do next */
    public static void main(String[] arguments) throws IOException {
        burn("/tenants/acme", 100);
        burn("/tenants/globex", 200);
        burn("/tenants/" + ODD_NAME, 10);
        System.out.println("ready");
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); !line.equals("end"); line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "burn" -> burn(words[1], Long.parseLong(words[2]));
                case "tenants" -> tenants(words[1], Integer.parseInt(words[2]));
                case "remove" -> remove(words[1]);
                case "storm" -> storm();
                case "total" ->
                    System.out.println(Containers.snapshot(Duration.ZERO).containerCpuNanos());
                case "queue" -> queue(words[1]);
                case "queued" -> System.out.println(Containers.root().usage().queuedNanos());
                case "gc" -> System.gc();
                case "own" ->
                    System.out.println(Containers.at(words[1]).ownUsage().cpuNanos());
                case "threads" -> System.out.println(threads());
                case "properties" ->
                    System.out.println(new TreeSet<>(System.getProperties().stringPropertyNames()));
                default -> throw new IllegalArgumentException(line);
            }
            System.out.println("done");
        }
    }

    private static void burn(String path, long millis) {
        try (Scope scope = Containers.at(path).enter()) {
            CpuLoad.millis(millis);
        }
    }

    /** One burst of each tenant; then prints what each has used. */
    private static void tenants(String parent, int count) {
        for (int i = 0; i < count; i++) {
            burn(parent + "/t" + i, 10);
        }
        Containers.snapshot(Duration.ZERO);
        for (int i = 0; i < count; i++) {
            Container tenant = Containers.at(parent + "/t" + i);
            System.out.println(tenant.path() + " " + tenant.ownUsage().cpuNanos());
        }
    }

    /** Takes a snapshot, so that the next scrape does not share one from before the removal. */
    private static void remove(String path) {
        Containers.at(path).remove();
        Containers.snapshot(Duration.ZERO);
    }

    /** Ten tasks that wait for one another. */
    private static void queue(String path) {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        try (Scope scope = Containers.at(path).enter()) {
            for (int i = 0; i < 10; i++) {
                pool.execute(() -> CpuLoad.millis(1));
            }
        }
        pool.shutdown();
        while (!pool.isTerminated()) {
            Thread.onSpinWait();
        }
    }

    /** Makes and removes containers until the JVM ends. */
    private static void storm() {
        Thread storm = new Thread(
                () -> {
                    Container parent = Containers.at("/storm");
                    for (int i = 0; true; i++) {
                        Container child = parent.create("c" + i);
                        try (Scope scope = child.enter()) {
                            CpuLoad.work();
                        }
                        child.remove();
                    }
                },
                "storm");
        storm.setDaemon(true);
        storm.start();
    }

    /** Where the threads of the exporter and its libraries are. */
    private static TreeSet<String> threads() {
        TreeSet<String> threads = new TreeSet<>();
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            String name = each.getName();
            if (name.startsWith("corral-metrics") || name.startsWith("HTTP-Dispatcher")) {
                threads.add(name + " " + Containers.root().hierarchy().of(each).path());
            }
        }
        return threads;
    }
}
