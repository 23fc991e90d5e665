package io.corral.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who may be attached to. */
class JvmProcessTest {

    private static JvmProcess process(String user, String ownUser) {
        return new JvmProcess(4711, true, user, ownUser, true, false);
    }

    @Test
    void processOfAnotherUserIsLeftAloneButByRoot() {
        assertThat(process("alice", "bob").whyNot())
                .isEqualTo(
                        "process 4711 is the user alice's and you are bob: a JVM lets its own user"
                                + " attach alone; try sudo -u alice");
        assertThat(process("alice", "root").whyNot()).isNull();
        assertThat(process("alice", "alice").whyNot()).isNull();
        assertThat(process(null, "bob").whyNot()).isNull();
    }

    @Test
    void ownProcessIsAJvmAndALiveOne() {
        JvmProcess own = JvmProcess.of(ProcessHandle.current().pid());
        assertThat(own.exists()).isTrue();
        assertThat(own.jvm()).isTrue();
        assertThat(own.refuses()).isFalse();
        assertThat(own.user()).isEqualTo(own.ownUser());
        assertThat(own.whyNot()).isNull();
    }
}
