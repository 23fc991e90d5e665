package io.corral.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.membership.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemberTableTest {

    private static final int TABLES = 200;
    private static final int GROUP = 64;
    private static final int BUCKETS = 4_096;
    private static final int ENDED_SLOTS = 8_192;

    private final MemberTable table = new MemberTable();

    /**
     * The first threads create the buckets: all in one group at the same time, or each in a
     * separate group.
     */
    @Test
    void membersLinkedConcurrentlyToNewBucketsAreAllFound() throws Exception {
        for (int i = 0; i < TABLES; i++) {
            MemberTable each = new MemberTable();
            linkAtOnce(each, List.of(member(1), member(2)));
            linkAtOnce(each, List.of(member(GROUP), member(2 * GROUP)));
            assertThat(idsIn(each)).containsExactlyInAnyOrder(1L, 2L, 64L, 128L);
        }
    }

    /** The threads spin, since creating buckets takes a microsecond. */
    private static void linkAtOnce(MemberTable table, List<PlatformMember> members)
            throws InterruptedException {
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger linked = new AtomicInteger();
        List<Thread> linkers = new ArrayList<>();
        for (PlatformMember member : members) {
            linkers.add(new Thread(() -> {
                arrived.incrementAndGet();
                while (arrived.get() < members.size()) {
                    Thread.onSpinWait();
                }
                if (table.putIfAbsent(member) == null) {
                    linked.incrementAndGet();
                }
            }));
        }
        linkers.forEach(Thread::start);
        for (Thread linker : linkers) {
            linker.join();
        }
        assertThat(linked).hasValue(members.size());
    }

    @Test
    void everyLinkedMemberIsVisitedOnce() {
        List<Long> ids = new ArrayList<>();
        for (long id = 1; id <= 2 * BUCKETS + 3; id += 3) {
            ids.add(id);
            assertThat(table.putIfAbsent(member(id))).isNull();
        }
        assertThat(idsIn(table)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void secondMemberOfAThreadIsNotLinked() {
        PlatformMember first = member(7);
        PlatformMember second = new PlatformMember(first.thread(), 7, Membership.ROOT, 0, 0);
        assertThat(table.putIfAbsent(first)).isNull();
        assertThat(table.putIfAbsent(second)).isSameAs(first);
        assertThat(idsIn(table)).containsExactly(7L);
    }

    @Test
    void unlinkingRemovesOneMemberOnly() {
        List<PlatformMember> chain = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            PlatformMember member = member(7 + (long) i * BUCKETS);
            chain.add(member);
            table.putIfAbsent(member);
        }
        PlatformMember middle = chain.get(1);
        middle.moveOut();
        assertThat(table.isEnding(middle.threadId())).isTrue();
        table.unlink(middle);
        assertThat(table.isEnding(middle.threadId())).isFalse();
        assertThat(idsIn(table)).containsExactlyInAnyOrder(7L, 7L + 2 * BUCKETS);
    }

    @Test
    void unlinkingAMemberThatWasNeverLinkedChangesNothing() {
        table.unlink(member(3_000));
        assertThat(table.isEnding(3_000)).isFalse();
        table.putIfAbsent(member(3_001));
        table.unlink(member(3_000));
        assertThat(table.isEnding(3_000)).isFalse();
        assertThat(idsIn(table)).containsExactly(3_001L);
    }

    @Test
    void endedMarkStaysUntilALaterThreadOfItsSlotEnds() {
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

    private static List<Long> idsIn(MemberTable table) {
        List<Long> ids = new ArrayList<>();
        table.forEach(member -> ids.add(member.threadId()));
        return ids;
    }

    private static PlatformMember member(long id) {
        return new PlatformMember(new Thread(() -> {}), id, Membership.ROOT, 0, 0);
    }
}
