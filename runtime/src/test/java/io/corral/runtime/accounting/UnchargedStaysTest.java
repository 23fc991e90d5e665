package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stays that wait for the next reading, in fields and, if there are many, in arrays. */
class UnchargedStaysTest {

    private static final int MOST = 64;

    /** Shares are cut to whole nanoseconds. */
    private static final Offset<Long> ROUNDED = Offset.offset(1L);

    private final UnchargedStays stays = new UnchargedStays(0);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 9, 16, 17, MOST})
    void eachAccountIsChargedInProportionToItsEstimate(int count) {
        List<Account> accounts = accounts(count);
        long estimated = addEach(accounts);
        assertThat(stays.sum()).isEqualTo(estimated);
        assertThat(stays.chargeEntries(10 * estimated, estimated)).isEqualTo(10 * estimated);
        for (int i = 0; i < count; i++) {
            assertThat(cpuNanos(accounts.get(i))).isCloseTo(10L * (i + 1), ROUNDED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 9, 16, 17, MOST})
    void copyIsChargedLikeTheOriginalAndNothingIsChargedTwice(int count) {
        List<Account> accounts = accounts(count);
        long estimated = addEach(accounts);
        UnchargedStays copy = stays.copy();
        assertThat(copy.chargeEntries(estimated, copy.sum())).isEqualTo(estimated);
        // The first stay of the next interval clears the entries.
        Account next = new TestAccount();
        assertThat(stays.add(true, next, 5)).isTrue();
        assertThat(stays.chargeEntries(7, stays.sum())).isEqualTo(7);
        assertThat(cpuNanos(next)).isEqualTo(7);
        for (int i = 0; i < count; i++) {
            assertThat(cpuNanos(accounts.get(i))).isCloseTo(i + 1L, ROUNDED);
        }
    }

    @Test
    void entriesAreClearedWhenAReadingBegins() {
        addEach(accounts(20));
        stays.begin(0, 0, 0);
        assertThat(stays.sum()).isZero();
        assertThat(stays.chargeEntries(100, 1)).isZero();
    }

    @Test
    void fullListRefusesAnotherAccount() {
        long estimated = addEach(accounts(MOST));
        assertThat(stays.add(false, new TestAccount(), 1)).isFalse();
        assertThat(stays.sum()).isEqualTo(estimated);
    }

    @Test
    void recentAccountKeepsItsEntryAndAnAdditionCanBeTakenBack() {
        List<Account> accounts = accounts(3);
        addEach(accounts);
        for (int i = 0; i < 1_000; i++) {
            assertThat(stays.add(false, accounts.get(i % 3), 10)).isTrue();
            stays.takeBack(accounts.get(i % 3), 10);
        }
        assertThat(stays.sum()).isEqualTo(1 + 2 + 3);
    }

    private long addEach(List<Account> accounts) {
        long sum = 0;
        for (int i = 0; i < accounts.size(); i++) {
            assertThat(stays.add(i == 0, accounts.get(i), i + 1)).isTrue();
            sum += i + 1;
        }
        return sum;
    }

    private static List<Account> accounts(int count) {
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            accounts.add(new TestAccount());
        }
        return accounts;
    }

    private static long cpuNanos(Account account) {
        return account.totals().cpuNanos();
    }
}
