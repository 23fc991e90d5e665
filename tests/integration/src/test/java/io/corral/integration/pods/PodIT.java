package io.corral.integration.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import io.corral.integration.support.QuotaGroup;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the manifest says, run without Kubernetes: the image of the agent copies it to a volume, and
 * a service without a shell, on a linked Java, with a read-only file system and a user without
 * rights, is measured, recorded, looked at from outside, and attached to.
 */
class PodIT {

    private static final int PERIOD_MICROS = 100_000;

    private static final int REQUESTS = 20;

    /** {@code jcmd} of 17 looks for the socket in its own folder for temporary files. */
    private static final int OLDEST_THAT_ATTACHES = 21;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Object, Path> volumes = new HashMap<>();
    private final int metricsPort;
    private final Manifest manifest;

    PodIT() throws IOException {
        manifest = Manifest.read();
        try (ServerSocket socket = new ServerSocket(0)) {
            metricsPort = socket.getLocalPort();
        }
    }

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void manifestRunsOnALinkedJavaWithoutAShellAndWithoutRights(Jdk jdk) throws Exception {
        assumeThat(Namespace.whyNone()).isNull();
        assumeThat(ImageFiles.BUSYBOX).as("busybox-static").isExecutable();
        makeVolumes();
        copyTheAgent();
        try (QuotaGroup quota = QuotaGroup.ofMicros(quotaMicros(), PERIOD_MICROS)) {
            assumeThat(quota).as("a group of the kernel").isNotNull();
            try (RunningJvm service = startService(jdk, Path.of(quota.processes()))) {
                assertIsActive(jdk, service);
                long pid = child(service);
                assertHasNoRights(service, pid);
                Map<String, Long> ledger = serve(service.rest("port: "));
                assertMetricsAreTheLedger(ledger);
                assertIsSeenFromOutside(ledger);
                if (Jdk.newest().feature() >= OLDEST_THAT_ATTACHES) {
                    assertCanBeAttachedTo(pid);
                    assertHasBeenRecorded();
                }
                assertRulesChange(service);
                service.writeLine("end");
                assertThat(service.end().exitCode()).isZero();
            }
        }
    }

    /** The JVM, as this machine sees it: the child of the command that makes its namespace. */
    private static long child(RunningJvm service) {
        ProcessHandle command = ProcessHandle.of(service.pid()).orElseThrow();
        return command.children().findFirst().orElseThrow().pid();
    }

    /** An empty folder for each emptyDir; for the rules the links of a ConfigMap. */
    private void makeVolumes() throws IOException {
        for (Map<?, ?> volume : manifest.volumes()) {
            Path made = Files.createDirectories(folder.resolve("volumes"))
                    .resolve(volume.get("name").toString());
            Files.createDirectory(made);
            if (volume.containsKey("emptyDir")) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
            } else {
                assertThat(Manifest.map(volume.get("configMap")).get("name"))
                        .isEqualTo(manifest.rulesName());
                publish(made, manifest.rulesFiles(), "..1");
            }
            volumes.put(volume.get("name"), made);
        }
    }

    /** As the kubelet does: a new folder, to which one link is set in one step. */
    private static void publish(Path volume, Map<?, ?> files, String version) throws IOException {
        Path made = Files.createDirectory(volume.resolve(version));
        for (Map.Entry<?, ?> file : files.entrySet()) {
            String name = file.getKey().toString();
            Files.writeString(made.resolve(name), file.getValue().toString());
            if (!Files.exists(volume.resolve(name))) {
                Files.createSymbolicLink(volume.resolve(name), Path.of("..data", name));
            }
        }
        Path link = Files.createSymbolicLink(volume.resolve("..new"), Path.of(version));
        Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void copyTheAgent() throws IOException {
        Path root = ImageFiles.ofTheAgent(folder.resolve("agent-image"));
        Namespace container = mounted(manifest.initContainer(), root);
        List<String> command = ImageFiles.commandOfTheAgent();
        for (int i = 0; i < 2; i++) {
            ForkedJvm.Outcome copied = container.run(manifest.podSecurity(), command);
            assertThat(copied.exitCode()).as(copied.toString()).isZero();
        }
        assertThat(volumes.get("corral").resolve("corral-agent.jar"))
                .hasSameBinaryContentAs(Path.of(ForkedJvm.agentJar()));
    }

    private RunningJvm startService(Jdk jdk, Path quota) throws IOException {
        Path root =
                ImageFiles.ofTheService(folder.resolve("service-image"), jdk, ModulesPage.all());
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files).noneMatch(file -> file.endsWith("sh") || file.endsWith("busybox"));
        }
        Namespace container = mounted(manifest.container(), root).quota(quota);
        for (Map<?, ?> each : Manifest.maps(manifest.container().get("env"))) {
            assertThat(each.get("value").toString()).contains(":9464");
            container.environment(
                    each.get("name").toString(),
                    each.get("value").toString().replace(":9464", ":" + metricsPort));
        }
        return container.start(
                manifest.podSecurity(),
                List.of("/opt/java/bin/java", "-cp", "/app", PodService.class.getName()));
    }

    /** A container with the volumes of one of the manifest. */
    private Namespace mounted(Map<?, ?> container, Path root) throws IOException {
        assertThat(Manifest.map(container.get("securityContext")).get("readOnlyRootFilesystem"))
                .isEqualTo(true);
        Namespace mounted = new Namespace(root);
        for (Map<?, ?> mount : Manifest.maps(container.get("volumeMounts"))) {
            mounted.volume(
                    volumes.get(mount.get("name")),
                    mount.get("mountPath").toString(),
                    Boolean.TRUE.equals(mount.get("readOnly")));
        }
        return mounted;
    }

    private int quotaMicros() {
        Map<?, ?> limits =
                Manifest.map(Manifest.map(manifest.container().get("resources")).get("limits"));
        return Integer.parseInt(limits.get("cpu").toString()) * PERIOD_MICROS;
    }

    private void assertIsActive(Jdk jdk, RunningJvm service) {
        service.errRest("corral: active on JDK " + jdk.feature());
        assertThat(service.errRest("corral: the metrics are at http://"))
                .endsWith(":" + metricsPort + "/metrics");
    }

    private void assertHasNoRights(RunningJvm service, long pid) throws IOException {
        assertThat(service.rest("write /corral/x: ")).contains("Read-only file system");
        assertThat(service.rest("write /x: ")).contains("Read-only file system");
        assertThat(service.rest("write /tmp/x: ")).isEqualTo("possible");
        assertThat(service.rest("cpus: "))
                .isEqualTo(Integer.toString(quotaMicros() / PERIOD_MICROS));
        assertThat(Files.readAllLines(Path.of("/proc/" + pid + "/status")))
                .contains("CapEff:\t0000000000000000", "NoNewPrivs:\t1", "NSpid:\t" + pid + "\t1")
                .anyMatch(line -> line.startsWith("Uid:\t" + user() + "\t"));
    }

    private Object user() {
        return manifest.podSecurity().get("runAsUser");
    }

    /** @return what each tenant has used by the service's own ledger, in nanoseconds */
    private Map<String, Long> serve(String port) throws Exception {
        String url = "http://127.0.0.1:" + port;
        Map<?, ?> probe = Manifest.map(manifest.container().get("readinessProbe"));
        String path = Manifest.map(probe.get("httpGet")).get("path").toString();
        assertThat(get(url + path, "-")).isEqualTo("ok");
        for (int i = 0; i < REQUESTS; i++) {
            get(url + "/work", i % 4 == 0 ? "acme" : "globex");
        }
        Map<String, Long> ledger = new HashMap<>();
        String text = get(url + "/ledger", "-");
        for (String entry : text.substring(1, text.length() - 1).split(", ", -1)) {
            String[] words = entry.split("=", -1);
            ledger.put(words[0], Long.parseLong(words[1]));
        }
        assertThat(ledger).containsOnlyKeys("acme", "globex");
        return ledger;
    }

    private void assertMetricsAreTheLedger(Map<String, Long> ledger) throws Exception {
        assertThat(manifest.annotations().get("prometheus.io/scrape")).isEqualTo("true");
        assertThat(manifest.annotations().get("prometheus.io/port")).isEqualTo("9464");
        String url = url() + manifest.annotations().get("prometheus.io/path");
        // A new series is 0 in its first scrape.
        get(url, "-");
        String metrics = get(url, "-");
        ledger.forEach((tenant, nanos) -> {
            String series = "corral_cpu_time_seconds_total{corral_container=\"/tenants/" + tenant
                    + "\",corral_hierarchy=\"main\"} ";
            double seconds = metrics.lines()
                    .filter(line -> line.startsWith(series))
                    .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + series + " in " + metrics));
            assertThat(seconds * 1e9).isCloseTo(nanos, withinPercentage(10));
        });
    }

    private String url() {
        return "http://127.0.0.1:" + metricsPort;
    }

    private String get(String url, String tenant) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("X-Tenant", tenant)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private void assertIsSeenFromOutside(Map<String, Long> ledger) throws IOException {
        ForkedJvm.Outcome top = new ToolCommand(Jdk.newest(), folder)
                .run("top", "-n", "1", "-d", "0.5", "--json", url());
        assertThat(top.exitCode()).as(top.toString()).isZero();
        List<?> rows = Manifest.list(JSON.std.mapFrom(top.out()).get("containers"));
        ledger.forEach((tenant, nanos) -> assertThat(rows).as(top.out()).anySatisfy(row -> {
            assertThat(Manifest.map(row).get("path")).isEqualTo("/tenants/" + tenant);
            assertThat(((Number) Manifest.map(row).get("cpuNanos")).doubleValue())
                    .isCloseTo(nanos, withinPercentage(10));
        }));
    }

    /** A debug container: another image, the same processes and user, folders of its own. */
    private void assertCanBeAttachedTo(long pid) throws IOException {
        assertThat(debug(pid, tool("ls", "1", "/tenants"))).contains("acme", "globex");
        assertThat(debug(pid, tool("limits", "1"))).contains("/tenants/acme", "fair");
        String jcmd = Jdk.newest().command("jcmd");
        assertThat(debug(pid, List.of(jcmd, "1", "JFR.start", "name=corral")))
                .contains("Started recording");
        assertThat(debug(pid, List.of(jcmd, "1", "JFR.dump", "name=corral", "filename=/tmp/a.jfr")))
                .contains("Dumped recording");
    }

    private static List<String> tool(String name, String... words) {
        return new ToolCommand(Jdk.newest(), Path.of(".")).words(name, words);
    }

    private String debug(long pid, List<String> command) throws IOException {
        Namespace container = new Namespace(folder.resolve("debug-image")).processesOf(pid);
        for (String each : List.of("/usr", "/bin", "/lib", "/lib64", "/etc")) {
            if (Files.exists(Path.of(each))) {
                container.shared(Path.of(each));
            }
        }
        container.shared(Jdk.newest().home()).emptyFolder("/tmp");
        List<Path> jars = new ArrayList<>(List.of(Path.of(ForkedJvm.toolsDir())));
        jars.add(Path.of(ForkedJvm.agentJar()).getParent());
        jars.add(Path.of(ForkedJvm.runtimeJar()).getParent());
        for (Path each : jars) {
            container.shared(each.toAbsolutePath());
        }
        ForkedJvm.Outcome outcome = container.run(manifest.podSecurity(), command);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome.out();
    }

    private void assertHasBeenRecorded() {
        String file = volumes.get("tmp").resolve("a.jfr").toString();
        ForkedJvm.Outcome ls = new ToolCommand(Jdk.newest(), folder).run("ls", file, "/tenants");
        assertThat(ls.exitCode()).as(ls.toString()).isZero();
        assertThat(ls.out()).contains("acme", "globex");
    }

    private void assertRulesChange(RunningJvm service) throws IOException {
        Path volume = volumes.get("rules");
        publish(volume, Map.of("rules.conf", "enter http -> /changed\n"), "..2");
        service.errRest("corral: 1 rule of /etc/corral/rules.conf is in force");
    }
}
