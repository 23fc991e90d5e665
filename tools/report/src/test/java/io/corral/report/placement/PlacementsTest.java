package io.corral.report.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.report.samples.Samples.SampledThread;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacementsTest {

    private static final SampledThread PLATFORM = new SampledThread(1, "pool-1", false);
    private static final SampledThread VIRTUAL = new SampledThread(2, "", true);

    private final Placements placements = new Placements();

    @BeforeEach
    void activateCorral() {
        placements.activeAt(100);
    }

    @Test
    void sampleBelongsToTheStayThatCoversIt() {
        placements.addHome("main", 1, 100, "/pools/a");
        placements.addStay("main", 1, 100, 200, "/pools/a");
        placements.addStay("main", 1, 200, 300, "/tenants/acme");
        assertThat(container(PLATFORM, 150)).isEqualTo("/pools/a");
        assertThat(container(PLATFORM, 250)).isEqualTo("/tenants/acme");
        assertThat(container(PLATFORM, 300)).isEqualTo("/tenants/acme");
    }

    @Test
    void sampleBetweenRecordedStaysIsUnplaced() {
        placements.addHome("main", 1, 100, "/pools/a");
        placements.addStay("main", 1, 100, 200, "/pools/a");
        assertThat(reason(PLATFORM, 250)).isEqualTo(UnplacedReason.SHORT_STAY);
        assertThat(reason(VIRTUAL, 250)).isEqualTo(UnplacedReason.SHORT_STAY);
    }

    @Test
    void sampleOfAThreadWithoutStaysBelongsToItsHome() {
        placements.addStay("main", 3, 100, 200, "/elsewhere");
        placements.addHome("main", 1, 120, "/pools/a");
        placements.addMove("main", 1, 200, "/pools/a", "/pools/b");
        assertThat(container(PLATFORM, 110)).isEqualTo("/pools/a");
        assertThat(container(PLATFORM, 199)).isEqualTo("/pools/a");
        assertThat(container(PLATFORM, 200)).isEqualTo("/pools/b");
    }

    @Test
    void homeBeforeTheFirstMoveIsThatMovesOrigin() {
        placements.addMove("main", 1, 200, "/pools/a", "/pools/b");
        assertThat(container(PLATFORM, 150)).isEqualTo("/pools/a");
    }

    @Test
    void staysInAnyOrderAreFound() {
        int stays = 1_009;
        for (int i = 0; i < stays; i++) {
            int stay = i * 7 % stays;
            placements.addStay("main", 1, 100 + 10 * stay, 105 + 10 * stay, "/" + stay);
        }
        for (int stay = 0; stay < stays; stay++) {
            assertThat(container(PLATFORM, 103 + 10 * stay)).isEqualTo("/" + stay);
        }
    }

    @Test
    void stayThatIsRecordedTwiceCountsOnce() {
        placements.addStay("main", 2, 100, 150, "/tenants/acme");
        placements.addStay("main", 2, 100, 300, "/tenants/acme");
        placements.addStay("main", 2, 100, 200, "/tenants/acme");
        assertThat(container(VIRTUAL, 250)).isEqualTo("/tenants/acme");
    }

    @Test
    void withoutStaysOnlyVirtualThreadsWithAHomeArePlaced() {
        assertThat(reason(VIRTUAL, 150)).isEqualTo(UnplacedReason.NO_STAYS);
        placements.addHome("main", 2, 110, "/tenants/acme");
        assertThat(container(VIRTUAL, 150)).isEqualTo("/tenants/acme");
    }

    @Test
    void sampleBeforeTheFirstEventOrOfAnUnknownThreadIsNotPlaced() {
        placements.addHome("main", 1, 100, "/pools/a");
        assertThat(reason(PLATFORM, 99)).isEqualTo(UnplacedReason.TOO_EARLY);
        assertThat(reason(new SampledThread(9, "native", false), 150))
                .isEqualTo(UnplacedReason.NO_HOME);
    }

    @Test
    void sampleWithoutStayOrHomeInAnotherHierarchyBelongsToItsRoot() {
        placements.addHome("main", 1, 100, "/pools/a");
        assertThat(placements.find("endpoint", PLATFORM, 150).container()).isEqualTo("/");
        placements.addHome("endpoint", 1, 100, "/GET");
        assertThat(placements.find("endpoint", PLATFORM, 150).container()).isEqualTo("/GET");
        placements.addStay("endpoint", 1, 140, 160, "/POST");
        assertThat(placements.find("endpoint", PLATFORM, 150).container()).isEqualTo("/POST");
        assertThat(placements.find("endpoint", PLATFORM, 170).container()).isEqualTo("/");
        assertThat(placements.find("endpoint", VIRTUAL, 170).unplaced()).isNotNull();
    }

    private String container(SampledThread thread, long nanos) {
        return placements.find("main", thread, nanos).container();
    }

    private UnplacedReason reason(SampledThread thread, long nanos) {
        return placements.find("main", thread, nanos).unplaced();
    }
}
