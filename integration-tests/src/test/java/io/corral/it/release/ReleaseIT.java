package io.corral.it.release;

import io.corral.it.harness.Scenarios;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ReleaseIT {

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenarios.onEachJdk(ReleaseScenarios.class);
    }

    @TestFactory
    Stream<DynamicNode> scenariosOfBrokenNotices() {
        return Scenarios.onEachJdk(BrokenNoticeScenarios.class, "-Dcorral.log=off");
    }
}
