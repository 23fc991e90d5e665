package io.corral.benchmarks;

import io.corral.benchmarks.micro.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/** What a reading of a container's usage costs, by how many threads it has. */
final class ReadersSuite implements Suite {

    private static final int MILLION = 1_000_000;
    private static final double ROOT_MICROS = 1_000;

    /** For a million virtual threads; the collector is one that leaves them where they are. */
    private static final List<String> HEAP = List.of("-Xmx4g", "-Xmn2500m", "-XX:+UseSerialGC");

    private final Jdk jdk;
    private final Micro micro;
    private final Effort effort;
    private final Rows rows;

    ReadersSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        this.jdk = jdk;
        this.micro = new Micro(jdk, jars, effort);
        this.effort = effort;
        this.rows = new Rows(jdk, to);
    }

    @Override
    public void run() throws RunnerException {
        platform(10);
        platform(1_000);
        if (jdk.hasVirtualThreads()) {
            million();
        }
    }

    private void platform(int threads) throws RunnerException {
        Case byHand = reading("byHand", Variant.BARE, threads, 0);
        Case exact = reading("container", Variant.EXACT, threads, 0);
        Case adaptive = reading("container", Variant.ADAPTIVE, threads, 0);
        Map<Case, Micro.Times> times =
                micro.measure(effort.forksOfShown, List.of(byHand, exact, adaptive));
        String of = String.format(" of %,d platform threads, ", threads);
        rows.show("the bean's readings" + of + "no agent", times.get(byHand).wall(), "us");
        for (Case each : List.of(exact, adaptive)) {
            rows.show("a container" + of + each.variant(), times.get(each).wall(), "us");
        }
    }

    private void million() throws RunnerException {
        for (Variant variant : Variant.CORRAL) {
            Case container = reading("container", variant, 0, MILLION);
            rows.show(
                    "a container of 1,000,000 virtual threads, " + variant,
                    micro.measure(effort.forksOfShown, List.of(container))
                            .get(container)
                            .wall(),
                    "us");
            Case root = reading("root", variant, 1_000, MILLION);
            rows.atMost(
                    ROOT_MICROS,
                    "the root with 1,000,000 virtual and 1,000 platform threads, " + variant,
                    micro.measure(effort.forksOfMillion, List.of(root))
                            .get(root)
                            .wall(),
                    "us");
        }
    }

    private static Case reading(String method, Variant variant, int platform, int virtual) {
        List<String> flags = new ArrayList<>(List.of(
                "-D" + Reading.PLATFORM + "=" + platform, "-D" + Reading.VIRTUAL + "=" + virtual));
        if (virtual > 0) {
            flags.addAll(HEAP);
        }
        return Case.of(Reading.class, method, variant, flags.toArray(new String[0]));
    }
}
