package io.corral.it.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Containers;
import io.corral.it.harness.Scenario;
import io.corral.runtime.handover.HandOver;
import io.corral.runtime.hook.Hooks;
import io.corral.runtime.jdk.Key;
import io.corral.runtime.placement.Placement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the application calls that is not API changes nothing: only the agent has the key. */
final class KeyScenarios {

    private KeyScenarios() {}

    @Scenario
    static void keyIsTaken() {
        assertThatIllegalStateException()
                .isThrownBy(Key::take)
                .withMessage("the agent has the key");
    }

    @Scenario
    static void onlyTheAgentSwitchesHooks() throws InterruptedException {
        refuse(() -> Hooks.switchOff(null));
        refuse(() -> Hooks.switchOn(null));
        refuse(() -> HandOver.switchTo(false, null));
        refuse(() -> Placement.rules(null, null));
        refuse(() -> Placement.inherit(true, null));
        long before = Containers.root().usage().forks();
        Thread thread = new Thread(() -> {});
        thread.start();
        thread.join();
        assertThat(Containers.root().usage().forks()).isGreaterThan(before);
    }

    private static void refuse(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalCallerException.class)
                .hasMessage("only the agent may call this");
    }
}
