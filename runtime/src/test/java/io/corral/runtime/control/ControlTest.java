package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.Scope;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.LimitSettings.Fair;
import io.corral.runtime.control.LimitSettings.RequestsMax;
import io.corral.runtime.notice.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Which limits are in force for a container: by rules, by code, after a change of either. */
class ControlTest {

    private static final Fair FAIR = new Fair(0, Limits.Mode.ENFORCE, "f:9");

    private final List<Container> overridden = new ArrayList<>();

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @AfterEach
    void liftAll() {
        Control.rules(null);
        overridden.forEach(each -> each.limits().reset());
        assertThat(LimitSwitch.isOn()).isFalse();
    }

    @Test
    void patternIsTheDefaultOfEachChildAlsoOfOneMadeLater(TestInfo test) {
        Container parent = place(test);
        Container before = parent.at("before");
        childrenOf(parent, 7, "f:1");
        assertThat(before.limits().requestsMax()).isEqualTo(7);
        assertThat(parent.at("after").limits().requestsMax()).isEqualTo(7);
        assertThat(parent.limits().requestsMax()).isEqualTo(Limits.UNLIMITED);
        assertThat(parent.at("after/below").limits().requestsMax()).isEqualTo(Limits.UNLIMITED);
    }

    @Test
    void codeOverridesTheRulesUntilItIsReset(TestInfo test) {
        Container parent = place(test);
        Container child = limitable(parent.at("child"));
        childrenOf(parent, 7, "f:1");
        child.limits().requestsMax(3);
        child.limits().weight(500);
        assertThat(child.limits().requestsMax()).isEqualTo(3);
        childrenOf(parent, 8, "f:2");
        assertThat(child.limits().requestsMax()).isEqualTo(3);
        assertThat(child.limits().weight()).isEqualTo(500);
        assertThat(parent.at("other").limits().requestsMax()).isEqualTo(8);
        child.limits().reset();
        assertThat(child.limits().requestsMax()).isEqualTo(8);
        assertThat(child.limits().weight()).isEqualTo(Limits.DEFAULT_WEIGHT);
        Control.rules(null);
        assertThat(child.limits().requestsMax()).isEqualTo(Limits.UNLIMITED);
    }

    @Test
    void codeLiftsWhatTheRulesLimit(TestInfo test) {
        Container child = limitable(place(test).at("child"));
        LimitSettings all = new LimitSettings(
                new RequestsMax(1, 0, Limits.Mode.ENFORCE, "f:1"),
                FAIR,
                null,
                new LimitSettings.CpuMax(1, 2, 0, Limits.Mode.ENFORCE, "f:1"),
                new LimitSettings.ThreadsMax(1, Limits.Mode.ENFORCE, "f:1"));
        Control.rules(
                container -> container.path().equals(child.path()) ? all : LimitSettings.NONE);
        child.limits().requestsMax(Limits.UNLIMITED);
        child.limits().threadsMax(Limits.UNLIMITED);
        child.limits().cpuMax(Double.POSITIVE_INFINITY);
        child.limits().fair(false);
        assertThat(child.limits().requestsMax()).isEqualTo(Limits.UNLIMITED);
        assertThat(child.limits().threadsMax()).isEqualTo(Limits.UNLIMITED);
        assertThat(child.limits().cpuMax()).isInfinite();
        assertThat(child.limits().isFair()).isFalse();
        assertThat(Control.settings(node(child)).isEmpty()).isTrue();
        child.limits().reset();
        assertThat(child.limits().cpuMax()).isEqualTo(0.5);
        assertThat(child.limits().isFair()).isTrue();
    }

    @Test
    void newVersionsOfTheRulesUnderLoadKeepAllCounts(TestInfo test) throws Exception {
        Container parent = place(test);
        Container child = parent.at("child");
        childrenOf(parent, 3, "f:0");
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicLong admitted = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                while (!isOver.get()) {
                    try (Scope scope = child.admit()) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        admitted.incrementAndGet();
                        Thread.yield();
                        inside.decrementAndGet();
                    } catch (LimitExceededException over) {
                        refused.incrementAndGet();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (int version = 1; version <= 30; version++) {
            long before = admitted.get();
            childrenOf(parent, 3, "f:" + version);
            while (admitted.get() < before + 20) {
                Thread.onSpinWait();
            }
        }
        isOver.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        LimitStat stat = child.limits().stat();
        assertThat(most.get()).isEqualTo(3);
        assertThat(stat.peakRequests()).isEqualTo(3);
        assertThat(stat.requests()).isZero();
        assertThat(stat.waiting()).isZero();
        assertThat(stat.lost()).isZero();
        assertThat(stat.admitted()).isEqualTo(admitted.get());
        assertThat(stat.shed()).isEqualTo(refused.get());
    }

    @Test
    void requestThatEndsAfterTheLimitsWereLiftedIsCountedOut(TestInfo test) {
        Container parent = place(test);
        Container child = parent.at("child");
        childrenOf(parent, 1, "f:1");
        try (Scope before = child.admit()) {
            Control.rules(null);
        }
        childrenOf(parent, 1, "f:2");
        assertThat(child.limits().stat().requests()).isZero();
        child.admit().close();
        assertThat(child.limits().stat().admitted()).isEqualTo(2);
    }

    @Test
    void containerThatIsMadeAgainHasTheLimitsOfTheRules(TestInfo test) {
        Container parent = place(test);
        Container first = parent.at("child");
        childrenOf(parent, 1, "f:1");
        first.limits().weight(5);
        first.remove();
        Container again = parent.at("child");
        assertThat(again).isNotEqualTo(first);
        assertThat(again.limits().requestsMax()).isEqualTo(1);
        assertThat(again.limits().weight()).isEqualTo(Limits.DEFAULT_WEIGHT);
        assertThatThrownBy(() -> first.limits().weight(6))
                .isInstanceOf(IllegalStateException.class);
        limitable(parent.at("other")).limits().weight(7);
    }

    @Test
    void codeCannotNestFairContainers(TestInfo test) {
        Container parent = limitable(place(test));
        Container child = limitable(parent.at("middle/child"));
        child.limits().fair(true);
        assertThatThrownBy(() -> parent.limits().fair(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("container main:" + parent.path() + " can't be fair: " + child.path()
                        + " below it is");
        child.limits().fair(false);
        parent.limits().fair(true);
        assertThatThrownBy(() -> child.limits().fair(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("container main:" + child.path() + " can't be fair: " + parent.path()
                        + " above it is");
        assertThat(child.limits().isFair()).isFalse();
        assertThat(parent.limits().isFair()).isTrue();
    }

    /** Each line of the file is reported once, not for each container. */
    @Test
    void fairOfTheRulesBelowAFairContainerOfCodeIsReportedOnceAndNotInForce(TestInfo test) {
        Container parent = limitable(place(test));
        parent.limits().fair(true);
        parent.at("one");
        parent.at("two");
        List<String> logged = new CopyOnWriteArrayList<>();
        Log.copyTo(logged);
        try {
            Control.rules(container -> container.parent() == node(parent)
                    ? LimitSettings.NONE.with(FAIR)
                    : LimitSettings.NONE);
            assertThat(parent.at("one").limits().isFair()).isFalse();
            assertThat(parent.at("three").limits().isFair()).isFalse();
            Control.reportNested();
        } finally {
            Log.copyTo(null);
        }
        assertThat(logged).singleElement().asString().startsWith("f:9: container main:");
        assertThat(logged.get(0))
                .endsWith(" is not fair: " + parent.path() + " above it is (logged once)");
    }

    @Test
    void rootsAndPlacesOfCorralHaveNoLimits() {
        Control.rules(container ->
                LimitSettings.NONE.with(new RequestsMax(0, 0, Limits.Mode.ENFORCE, "f:1")));
        for (Container each : List.of(
                Containers.root(),
                Containers.hierarchy("control-test").root(),
                Containers.at("/pools/control-test"),
                Containers.at("/threads/control-test"))) {
            assertThatThrownBy(() -> each.limits().requestsMax(1))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("can't have limits");
            assertThat(each.limits().requestsMax()).isEqualTo(Limits.UNLIMITED);
            each.admit().close();
        }
    }

    private static void childrenOf(Container parent, long max, String origin) {
        Control.rules(container -> container.parent() == node(parent)
                ? LimitSettings.NONE.with(new RequestsMax(max, 0, Limits.Mode.ENFORCE, origin))
                : LimitSettings.NONE);
    }

    private static Container place(TestInfo test) {
        return Containers.at("/control/" + test.getTestMethod().orElseThrow().getName());
    }

    private static ContainerNode node(Container container) {
        return Trees.MAIN.at(container.path());
    }

    private Container limitable(Container container) {
        overridden.add(container);
        return container;
    }
}
