package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemberTableTest {

    private static final int LINKERS = 4;
    private static final int EACH = 4_096;
    private static final int ENDED_SLOTS = 8_192;

    private final MemberTable table = new MemberTable();

    /** The buckets themselves are made by those who come first, several at once. */
    @Test
    void nobodyIsLostWhereManyAreTheFirstOfTheirBuckets() throws Exception {
        CyclicBarrier begin = new CyclicBarrier(LINKERS);
        AtomicInteger refused = new AtomicInteger();
        List<Thread> linkers = new ArrayList<>();
        for (int i = 0; i < LINKERS; i++) {
            int first = 1 + i;
            linkers.add(new Thread(() -> {
                await(begin);
                for (int k = 0; k < EACH; k++) {
                    if (table.putIfAbsent(member(first + (long) k * LINKERS)) != null) {
                        refused.incrementAndGet();
                    }
                }
            }));
        }
        linkers.forEach(Thread::start);
        for (Thread linker : linkers) {
            linker.join();
        }
        assertThat(refused).hasValue(0);
        List<Long> ids = new ArrayList<>();
        table.forEach(member -> ids.add(member.threadId()));
        assertThat(ids).hasSize(LINKERS * EACH).doesNotHaveDuplicates();
    }

    @Test
    void whoIsUnlinkedIsGoneAndItsNeighboursAreNot() {
        PlatformMember first = member(7);
        PlatformMember second = member(7 + 4_096);
        table.putIfAbsent(first);
        table.putIfAbsent(second);
        first.moveOut();
        assertThat(table.isEnding(7)).isTrue();
        table.unlink(first);
        assertThat(table.isEnding(7)).isFalse();
        List<PlatformMember> left = new ArrayList<>();
        table.forEach(left::add);
        assertThat(left).containsExactly(second);
    }

    @Test
    void whoWasNeverLinkedCanBeUnlinked() {
        table.unlink(member(3_000));
        table.forEach(member -> assertThat(member).isNull());
    }

    @Test
    void whoHasEndedIsKnownUntilALaterOneOfItsSlotEnds() {
        for (long id = 1; id <= ENDED_SLOTS; id++) {
            assertThat(table.hasEnded(id)).isFalse();
        }
        long late = 5L * Integer.MAX_VALUE;
        table.markEnded(late);
        assertThat(table.hasEnded(late)).isTrue();
        assertThat(table.hasEnded(late - ENDED_SLOTS)).isFalse();
        assertThat(table.hasEnded(late % ENDED_SLOTS)).isFalse();
        table.markEnded(late + ENDED_SLOTS);
        assertThat(table.hasEnded(late)).isFalse();
        assertThat(table.hasEnded(late + ENDED_SLOTS)).isTrue();
    }

    private static PlatformMember member(long id) {
        return new PlatformMember(new Thread(() -> {}), id, Trees.ROOT, 0, 0);
    }

    private static void await(CyclicBarrier begin) {
        try {
            begin.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
