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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Without the agent, callbacks for a thread that neither starts nor moves. */
class SubsystemCallbacksTest {

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    private final Thread thread = new Thread(() -> {});

    @Test
    void cancelForkIsCalledOnlyAfterCanFork() {
        Heard first = new Heard();
        Subsystems.register(first);
        Subsystems asked = Subsystems.registered();
        ForkCallbacks.canFork(asked, thread, Membership.ROOT);
        Heard later = new Heard();
        Subsystems.register(later);
        ForkCallbacks.cancelFork(asked, thread, Membership.ROOT);
        assertThat(first.said).containsExactly("canFork", "cancelFork");
        assertThat(later.said).isEmpty();
    }

    @Test
    void cancelAttachIsCalledIfTheRefusalHasNoMemory() {
        ContainerNode from = Membership.ROOT.container(Trees.hierarchy("main"));
        ContainerNode to = from.at("unexplained");
        Heard first = new Heard();
        Subsystems.register(first);
        Subsystems.register(new Exhausted(to.api()));
        Subsystems asked = Subsystems.registered();
        assertThatThrownBy(() -> MoveCallbacks.canAttach(
                        asked, Subsystems.LAST_GENERATION, thread, from, to))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(first.said).containsExactly("canAttach", "cancelAttach");
    }

    @Test
    void noCallbackBeginsOnceUnregistered() {
        Heard heard = new Heard();
        Subsystems.register(heard);
        Subsystems asked = Subsystems.registered();
        ForkCallbacks.canFork(asked, thread, Membership.ROOT);
        Subsystems.unregister(heard);
        ForkCallbacks.canFork(asked, thread, Membership.ROOT);
        ForkCallbacks.cancelFork(asked, thread, Membership.ROOT);
        ContainerNode root = Trees.MAIN.root();
        MoveCallbacks.canAttach(asked, Subsystems.LAST_GENERATION, thread, root, root);
        assertThat(heard.said).containsExactly("canFork");
    }

    /** It is unregistered before the state of the container is there. */
    @Test
    void stateOfOneThatUnregistersItselfIsDropped() {
        Trees.MAIN.root().at("drops");
        Unregistering subsystem = new Unregistering();
        Subsystems.register(subsystem);
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

    private static final class Heard implements Subsystem {

        final List<String> said = new ArrayList<>();

        @Override
        public @Nullable Refusal canFork(Thread thread, Container container) {
            said.add("canFork");
            return null;
        }

        @Override
        public void cancelFork(Thread thread, Container container) {
            said.add("cancelFork");
        }

        @Override
        public @Nullable Refusal canAttach(Thread thread, Container from, Container to) {
            said.add("canAttach");
            return null;
        }

        @Override
        public void cancelAttach(Thread thread, Container from, Container to) {
            said.add("cancelAttach");
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
