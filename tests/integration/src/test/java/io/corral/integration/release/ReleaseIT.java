package io.corral.integration.release;

import io.corral.integration.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ReleaseIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.of(ReleaseScenarios.class).onNewestJdk();
    }

    @TestFactory
    Stream<DynamicNode> scenariosOfBrokenNotices() {
        return Scenarios.of(BrokenNoticeScenarios.class)
                .flags("-Dcorral.log=off")
                .onNewestJdk();
    }
}
