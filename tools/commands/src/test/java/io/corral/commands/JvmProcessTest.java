package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmProcessTest {

    private static JvmProcess process(String user, String ownUser) {
        return new JvmProcess(4711, true, user, ownUser, true, false);
    }

    @Test
    void onlyRootMayAttachToAProcessOfAnotherUser() {
        assertThat(process("alice", "bob").problem())
                .isEqualTo(
                        "process 4711 belongs to user alice and you are bob; only its own user and"
                                + " root can attach; try sudo -u alice");
        assertThat(process("alice", "root").problem()).isNull();
        assertThat(process("alice", "alice").problem()).isNull();
        assertThat(process(null, "bob").problem()).isNull();
    }

    @Test
    void ownProcessIsALiveJvm() {
        JvmProcess own = JvmProcess.of(ProcessHandle.current().pid());
        assertThat(own.exists()).isTrue();
        assertThat(own.isJvm()).isTrue();
        assertThat(own.refusesAttach()).isFalse();
        assertThat(own.user()).isEqualTo(own.ownUser());
        assertThat(own.problem()).isNull();
    }
}
