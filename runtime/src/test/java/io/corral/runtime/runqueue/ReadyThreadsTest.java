package io.corral.runtime.runqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.thread.VirtualMember;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadyThreadsTest {

    private final ReadyThreads ready = new ReadyThreads();
    private final VirtualMember first = new VirtualMember(() -> {});
    private final VirtualMember second = new VirtualMember(() -> {});
    private final VirtualMember unblocked = new VirtualMember(() -> {});
    private final VirtualMember unblockedToo = new VirtualMember(() -> {});

    @Test
    void threadsRunInTheOrderInWhichTheyBecomeReady() {
        ready.add(first, false);
        ready.add(second, false);

        assertThat(pollAll()).containsExactly(first, second);
        assertThat(ready.isEmpty()).isTrue();
    }

    @Test
    void everyOtherThreadIsOneToWhichALockWasReleased() {
        ready.add(first, false);
        ready.add(second, false);
        ready.add(unblocked, true);
        ready.add(unblockedToo, true);

        assertThat(pollAll()).containsExactly(unblocked, first, unblockedToo, second);
    }

    @Test
    void threadsToWhichALockWasReleasedRunIfThereAreNoOthers() {
        ready.add(unblocked, true);
        ready.add(unblockedToo, true);

        assertThat(ready.isEmpty()).isFalse();
        assertThat(pollAll()).containsExactly(unblocked, unblockedToo);
    }

    @Test
    void bothAreCountedPassedAndRemoved() {
        ready.add(first, false);
        ready.add(second, false);
        ready.add(unblocked, true);
        List<VirtualMember> passed = new ArrayList<>();

        ready.forEach(2, 1.5, (thread, standsFor) -> {
            assertThat(standsFor).isEqualTo(1.5);
            passed.add(thread);
        });

        assertThat(ready.size()).isEqualTo(3);
        assertThat(passed).containsExactly(unblocked, first);
        for (VirtualMember each = ready.peek(); each != null; each = ready.peek()) {
            ready.remove(each);
        }
        assertThat(ready.isEmpty()).isTrue();
    }

    private List<VirtualMember> pollAll() {
        List<VirtualMember> all = new ArrayList<>();
        for (VirtualMember each = ready.poll(); each != null; each = ready.poll()) {
            all.add(each);
        }
        return all;
    }
}
