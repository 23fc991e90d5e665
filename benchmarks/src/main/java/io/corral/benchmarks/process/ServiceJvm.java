package io.corral.benchmarks.process;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.benchmarks.Cpu;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.SwitchAgent;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo's service, in a JVM of its own. */
final class ServiceJvm implements AutoCloseable {

    private static final String MAIN = "io.corral.examples.service.Service";
    private static final String USAGE_PATH = "/corral/usage";
    private static final int SECONDS_TO_START = 120;
    private static final int SECONDS_TO_SWITCH = 20;

    private final @Nullable KernelGroup group;
    private final Child child;
    private final int port;
    private final Setup setup;

    /** @param prefix what stands before the command */
    ServiceJvm(List<String> prefix, Jdk jdk, Setup setup, String classPath)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(jdk.java().toString(), "-Xms256m", "-Xmx256m"));
        command.addAll(CompilerThreads.FLAGS);
        command.addAll(setup.flags());
        command.addAll(List.of("-cp", classPath, MAIN, "0"));
        command.addAll(setup.arguments());
        this.setup = setup;
        group = KernelGroup.isPossible() ? new KernelGroup() : null;
        try {
            child = new Child(group == null ? command : group.around(command));
        } catch (IOException e) {
            closeGroup();
            throw e;
        }
        try {
            port = Integer.parseInt(child.await("ready ", SECONDS_TO_START));
            check();
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Who tells the CPU time. */
    static String source() {
        return (KernelGroup.isPossible() ? "a cgroup v1 each" : "the kernel's ticks")
                + (CompilerThreads.areKnown() ? ", compilers left out" : ", compilers included");
    }

    /** How finely. Else than of a group it is in the kernel's ticks of 10 ms. */
    static double stepNanos() {
        return KernelGroup.isPossible() ? 1 : 1e7;
    }

    /** The cost of an agent that is not there would look splendid, and so would one that always is. */
    private void check() throws IOException {
        String usage = usage();
        if (!usage.contains("\"active\":" + setup.isCorral())) {
            throw new IOException(setup + ": whether the agent is active is not as it should: "
                    + usage.substring(0, Math.min(100, usage.length())));
        }
    }

    private String usage() throws IOException {
        return new String(
                new URL("http://127.0.0.1:" + port + USAGE_PATH).openStream().readAllBytes(),
                StandardCharsets.UTF_8);
    }

    /** Of one that was started with the agent for this. Where it records its events go off and on with its hooks. */
    void switchHooks(boolean on) throws IOException, InterruptedException {
        child.say(String.valueOf(on ? SwitchAgent.ON : SwitchAgent.OFF));
        String recorded = child.await(SwitchAgent.SWITCHED, SECONDS_TO_SWITCH);
        if ((on && setup.isRecorded()) == recorded.equals("0")) {
            throw new IOException("with its hooks " + (on ? "on " : "off ") + recorded
                    + " of Corral's events are recorded");
        }
    }

    /** CPU time that tenants were charged up to now, in nanoseconds; 0 without Corral. */
    long chargedNanos() throws IOException {
        long charged = 0;
        Map<String, Object> usage = JSON.std.mapFrom(usage());
        for (Object work : (List<?>) usage.getOrDefault("work", List.of())) {
            if (((Map<?, ?>) work).get("cpuNanos") instanceof Number nanos) {
                charged += nanos.longValue();
            }
        }
        return charged;
    }

    /** Behind requests: rules that do not hold would cost next to nothing. */
    void checkCharges() throws IOException {
        long charged = chargedNanos();
        if (setup.isCorral() != (charged != 0)) {
            throw new IOException(setup + ": tenants were charged " + charged + " ns");
        }
    }

    void warm(LoadJvm load, int rounds) throws IOException, InterruptedException {
        load.send(rounds, port);
    }

    /** Its compilers alone. */
    void compileOn(Cpu cpu) throws IOException, InterruptedException {
        CompilerThreads.moveTo(cpu, child.pid());
    }

    /** All its threads, and those it starts from now on. */
    void moveTo(Cpu cpu) throws IOException, InterruptedException {
        cpu.take(child.pid());
    }

    /** To be warmed by a round before: then connections are made again, and what other processes displaced is fetched back. */
    Window measure(LoadJvm load, int rounds) throws IOException, InterruptedException {
        long compilersBefore = CompilerThreads.cpuNanos(child.pid());
        long before = cpuNanos();
        LoadJvm.Seen seen = load.send(rounds, port);
        long cpu = cpuNanos() - before;
        long compilers = CompilerThreads.cpuNanos(child.pid()) - compilersBefore;
        return window(seen, cpu, compilers);
    }

    static Window window(LoadJvm.Seen seen, long cpuNanos, long compilerNanos) {
        return new Window(
                (cpuNanos - compilerNanos) / 1e3 / seen.requests(),
                compilerNanos / 1e3 / seen.requests(),
                seen.requests() * 1e9 / seen.nanos(),
                seen.p99Nanos() / 1e6);
    }

    private long cpuNanos() throws IOException {
        if (group != null) {
            return group.cpuNanos();
        }
        return child.handle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void close() throws IOException {
        try {
            child.close();
        } finally {
            closeGroup();
        }
    }

    private void closeGroup() throws IOException {
        if (group != null) {
            group.close();
        }
    }
}
