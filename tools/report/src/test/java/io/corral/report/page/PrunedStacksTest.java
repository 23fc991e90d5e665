package io.corral.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.report.samples.Samples;
import io.corral.report.samples.Samples.SampledThread;
import io.corral.report.samples.StackTable;
import io.corral.report.usage.TimeAxis;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrunedStacksTest {

    private static final TimeAxis AXIS = new TimeAxis(0, 10, 2);

    private final StackTable table = new StackTable();
    private final Samples samples = new Samples("a.Sample");
    private final int often = call(StackTable.ROOT, "often");
    private final int rare = call(often, "rare");
    private final int rarer = call(rare, "rarer");

    private int call(int parent, String name) {
        return table.child(parent, table.frame(name));
    }

    private void sample(int node, long nanos) {
        samples.add(nanos, new SampledThread(1, "thread", false), node, 1);
    }

    @Test
    void samplesOfRareCallsAreCountedAtTheirCallers() {
        sample(often, 0);
        sample(often, 0);
        sample(rarer, 0);
        PrunedStacks stacks = new PrunedStacks(table, List.of(samples), 2);
        assertThat(stacks.columns().get("frames")).isEqualTo(List.of("", "often"));
        SampleRows rows = new SampleRows(samples, new int[3], stacks.kept(), AXIS);
        assertThat(rows.columns().get("node")).isEqualTo(new int[] {1});
        assertThat(rows.columns().get("weight")).isEqualTo(new long[] {3});
    }

    @Test
    void samplesShareARowOnlyIfStackPlacesAndTimeAreEqual() {
        sample(rarer, 0);
        sample(rarer, 15);
        sample(often, 15);
        PrunedStacks stacks = new PrunedStacks(table, List.of(samples), 1);
        int[] sets = {0, 0, (1 << 20) + 1};
        SampleRows rows = new SampleRows(samples, sets, stacks.kept(), AXIS);
        assertThat(rows.columns().get("node")).isEqualTo(new int[] {3, 3, 1});
        assertThat(rows.columns().get("bucket")).isEqualTo(new int[] {0, 1, 1});
        assertThat(rows.columns().get("set")).isEqualTo(new int[] {0, 0, (1 << 20) + 1});
    }
}
