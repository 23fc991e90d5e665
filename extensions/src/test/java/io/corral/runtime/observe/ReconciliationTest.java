package io.corral.runtime.observe;

import static io.corral.Usage.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Usage;
import io.corral.runtime.accounting.VmThreads;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.JvmPlaces;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @Test
    void vmIsTheSumOfItsKinds() {
        Reconciliation reconciliation = Reconciliation.of(usages(100, 1, 20, 3), 150, 4);
        assertThat(reconciliation.containerNanos()).isEqualTo(100);
        assertThat(reconciliation.vmNanos()).isEqualTo(24);
        assertThat(reconciliation.teardownNanos()).isEqualTo(4);
        assertThat(reconciliation.processNanos()).isEqualTo(150);
    }

    @Test
    void unattributedIsWhatIsLeft() {
        assertThat(new Reconciliation(150, 100, 24, 4, 1).unattributedNanos()).isEqualTo(22);
        assertThat(new Reconciliation(120, 100, 24, 4, 1).unattributedNanos()).isEqualTo(-8);
    }

    @Test
    void unknownTeardownIsUnattributed() {
        assertThat(new Reconciliation(150, 100, 24, UNKNOWN, 1).unattributedNanos())
                .isEqualTo(26);
    }

    @Test
    void unattributedIsUnknownIfAnotherPartIs() {
        assertThat(new Reconciliation(UNKNOWN, 100, 24, 4, 1).unattributedNanos())
                .isEqualTo(UNKNOWN);
        assertThat(new Reconciliation(150, UNKNOWN, 24, 4, 1).unattributedNanos())
                .isEqualTo(UNKNOWN);
        assertThat(new Reconciliation(150, 100, UNKNOWN, 4, 1).unattributedNanos())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void vmIsUnknownIfOneKindIs() {
        assertThat(Reconciliation.of(usages(100, 1, UNKNOWN, 3), 150, 4).vmNanos())
                .isEqualTo(UNKNOWN);
    }

    private static Map<Container, Usage> usages(long root, long gc, long jit, long other) {
        Map<Container, Usage> usages = new HashMap<>();
        usages.put(Trees.MAIN.root().api(), cpu(root));
        usages.put(JvmPlaces.JVM.at(VmThreads.Kind.GC.container()).api(), cpu(gc));
        usages.put(JvmPlaces.JVM.at(VmThreads.Kind.JIT.container()).api(), cpu(jit));
        usages.put(JvmPlaces.JVM.at(VmThreads.Kind.OTHER.container()).api(), cpu(other));
        return usages;
    }

    private static Usage cpu(long nanos) {
        return new Usage(nanos, 0, UNKNOWN, UNKNOWN, 0, 0, 0, 0);
    }
}
