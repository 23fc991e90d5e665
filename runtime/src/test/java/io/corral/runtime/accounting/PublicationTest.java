package io.corral.runtime.accounting;

import static io.corral.runtime.accounting.Publication.WITH_READING;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The roles of the three slots, and what a thread with a stale state finds. */
class PublicationTest {

    private final Account home = new TestAccount();
    private final Account other = new TestAccount();
    private final Publication publication = new Publication(home, 0, 0);

    @Test
    void ownerAndOutsidersPublishOneAfterTheOther() {
        for (int i = 1; i <= 100; i++) {
            boolean byOwner = i % 7 < 4;
            Account account = i % 2 == 0 ? home : other;
            assertThat(byOwner ? publish(account, i) : publishFromOutside(account, i))
                    .isTrue();
            assertPublished(account, i);
        }
    }

    @Test
    void ownerFailsWithAStateThatAnOutsiderHasReplaced() {
        long stale = publication.state();
        publishFromOutside(other, 10);
        assertThat(publication.isUnchanged(stale)).isFalse();
        assertThat(publication.publish(stale, WITH_READING, home, 20, 20)).isFalse();
        assertThat(publication.close(stale, home, 20, 20)).isFalse();
        assertPublished(other, 10);
        assertThat(publication.charges() & 1).isZero();
    }

    @Test
    void outsiderFailsWithAStateThatTheOwnerHasReplaced() {
        long stale = publication.state();
        publish(other, 10);
        assertThat(publication.publishFromOutside(stale, home, 20, 20, null)).isFalse();
        assertThat(publication.isChargedFromOutside()).isFalse();
        assertPublished(other, 10);
    }

    @Test
    void confirmationKeepsTheReadingAndMakesEarlierStatesStale() {
        long stale = publication.state();
        publish(other, 10);
        long before = publication.state();
        assertThat(publication.confirm(before)).isTrue();
        assertThat(publication.confirm(stale)).isFalse();
        assertThat(publication.isUnchanged(before)).isFalse();
        assertPublished(other, 10);
        assertThat(Publication.beginning(publication.state())).isEqualTo(WITH_READING);
    }

    @Test
    void nothingIsPublishedAfterTheOwnerHasClosed() {
        long before = publication.state();
        assertThat(publication.close(before, other, 30, 40)).isTrue();
        publication.endCharge();
        assertThat(Publication.isOpen(publication.state())).isFalse();
        assertThat(publication.publishFromOutside(before, home, 50, 50, null)).isFalse();
        assertThat(publication.account()).isNull();
        assertThat(publication.chargedCpuNanos()).isEqualTo(30);
        assertThat(publication.chargedAllocatedBytes()).isEqualTo(40);
    }

    @Test
    void chargesAreCountedFromTheFirstReading() {
        Publication late = new Publication(home, 1_000, 2_000);
        assertThat(late.chargedCpuNanos()).isZero();
        assertThat(late.chargedAllocatedBytes()).isZero();
        late.publish(late.state(), WITH_READING, home, 1_010, 2_020);
        assertThat(late.chargedCpuNanos()).isEqualTo(10);
        assertThat(late.chargedAllocatedBytes()).isEqualTo(20);
    }

    /** The totals of a removed container's account are final once it is unreachable. */
    @Test
    @Timeout(60)
    void accountThatAnOutsiderHasReplacedBecomesUnreachable() {
        Publication replaced = new Publication(new TestAccount(), 0, 0);
        // Both slots of the owner refer to other accounts by then.
        replaced.publish(replaced.state(), WITH_READING, home, 1, 1);
        replaced.endCharge();
        WeakReference<Account> removed = new WeakReference<>(new TestAccount());
        replaced.publishFromOutside(replaced.state(), removed.get(), 2, 2, null);
        replaced.endChargeFromOutside();
        replaced.publishFromOutside(replaced.state(), other, 3, 3, null);
        replaced.endChargeFromOutside();
        while (removed.get() != null) {
            System.gc();
        }
        assertThat(replaced.account()).isSameAs(other);
    }

    private boolean publish(Account account, long reading) {
        boolean published = publication.publish(
                publication.state(), WITH_READING, account, reading, 2 * reading);
        publication.endCharge();
        return published;
    }

    private boolean publishFromOutside(Account account, long reading) {
        boolean published = publication.publishFromOutside(
                publication.state(), account, reading, 2 * reading, null);
        publication.endChargeFromOutside();
        assertThat(publication.isChargedFromOutside()).isFalse();
        return published;
    }

    private void assertPublished(Account account, long reading) {
        long state = publication.state();
        assertThat(publication.account(state)).isSameAs(account);
        assertThat(publication.cpuNanos(state)).isEqualTo(reading);
        assertThat(publication.allocatedBytes(state)).isEqualTo(2 * reading);
        assertThat(publication.isUnchanged(state)).isTrue();
    }
}
