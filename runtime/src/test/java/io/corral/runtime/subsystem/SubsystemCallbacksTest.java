package io.corral.runtime.subsystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Refusal;
import io.corral.Subsystem;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Without the agent, callbacks for a thread that neither starts nor moves. */
class SubsystemCallbacksTest {

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    private final Thread thread = new Thread(() -> {});

    private final List<Subsystem> registered = new ArrayList<>();

    @AfterEach
    void unregisterSubsystems() {
        registered.forEach(Subsystems::unregister);
    }

    private void register(Subsystem subsystem) {
        Subsystems.register(subsystem);
        registered.add(subsystem);
    }

    @Test
    void cancelForkSkipsSubsystemsThatWereNotAsked() {
        Recording first = new Recording();
        register(first);
        Subsystems asked = Subsystems.registered();
        ForkCallbacks.canFork(asked, thread, Membership.ROOT);
        Recording later = new Recording();
        register(later);
        ForkCallbacks.cancelFork(asked, thread, Membership.ROOT);
        assertThat(first.calls).containsExactly("canFork", "cancelFork");
        assertThat(later.calls).isEmpty();
    }

    @Test
    void cancelAttachIsCalledIfExplainingTheRefusalRunsOutOfMemory() {
        ContainerNode from = Membership.ROOT.container(Trees.hierarchy("main"));
        ContainerNode to = from.at("unexplained");
        Recording first = new Recording();
        register(first);
        register(new Exhausted(to.api()));
        Subsystems asked = Subsystems.registered();
        assertThatThrownBy(() -> MoveCallbacks.canAttach(
                        asked, Subsystems.LAST_GENERATION, thread, from, to))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(first.calls).containsExactly("canAttach", "cancelAttach");
    }

    @Test
    void unregisteredSubsystemGetsNoCallback() {
        Recording recording = new Recording();
        register(recording);
        Subsystems asked = Subsystems.registered();
        ForkCallbacks.canFork(asked, thread, Membership.ROOT);
        Subsystems.unregister(recording);
        ForkCallbacks.canFork(asked, thread, Membership.ROOT);
        ForkCallbacks.cancelFork(asked, thread, Membership.ROOT);
        ContainerNode root = Trees.MAIN.root();
        MoveCallbacks.canAttach(asked, Subsystems.LAST_GENERATION, thread, root, root);
        assertThat(recording.calls).containsExactly("canFork");
    }

    /** It is unregistered before its state for the container is stored. */
    @Test
    void stateIsDroppedIfTheCallbackUnregistersItsSubsystem() {
        Trees.MAIN.root().at("drops");
        Unregistering subsystem = new Unregistering();
        register(subsystem);
        assertThat(subsystem.told).isOne();
        assertThat(Trees.MAIN.root().states().get(subsystem)).isNull();
    }

    private static final class Unregistering implements Subsystem {

        int told;

        @Override
        public Object containerCreated(Container container) {
            told++;
            Subsystems.unregister(this);
            return "state";
        }
    }

    private static final class Recording implements Subsystem {

        final List<String> calls = new ArrayList<>();

        @Override
        public @Nullable Refusal canFork(Thread thread, Container container) {
            calls.add("canFork");
            return null;
        }

        @Override
        public void cancelFork(Thread thread, Container container) {
            calls.add("cancelFork");
        }

        @Override
        public @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
            calls.add("canAttach");
            return null;
        }

        @Override
        public void cancelAttach(Thread thread, Container from, Container to) {
            calls.add("cancelAttach");
        }
    }

    /** Refuses, and fails with an out-of-memory error when asked for its name. */
    private static final class Exhausted implements Subsystem {

        private final Container to;

        Exhausted(Container to) {
            this.to = to;
        }

        @Override
        public String name() {
            throw new OutOfMemoryError("none left");
        }

        @Override
        public @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
            return to == this.to ? Refusal.because("no") : null;
        }
    }
}
