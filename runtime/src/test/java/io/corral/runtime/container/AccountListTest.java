package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.accounting.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccountListTest {

    private static final int STEPS = 10_000;

    /** An account that refers to itself, in one hierarchy. */
    private static final class Member extends Account implements AccountRef {

        private int[] slots = {0};

        @Override
        public Account get() {
            return this;
        }

        @Override
        public int[] slots() {
            return slots;
        }

        @Override
        public void slots(int[] slots) {
            this.slots = slots;
        }
    }

    @Test
    void copyHasWhatWasAddedAndNotRemoved() {
        Random chance = new Random(1);
        AccountList accounts = new AccountList(0);
        List<Member> expected = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            // Grows, and shrinks, by turns.
            if (expected.isEmpty() || chance.nextInt(10) < (i / 1_000 % 2 == 0 ? 7 : 3)) {
                Member made = new Member();
                accounts.makeRoom();
                accounts.add(made);
                expected.add(made);
            } else {
                accounts.remove(expected.remove(chance.nextInt(expected.size())));
            }
            assertThat(accounts.size()).isEqualTo(expected.size());
            if (i % 100 == 0) {
                assertThat(accounts.copy())
                        .containsExactlyInAnyOrder(expected.toArray(new Member[0]));
            }
        }
    }

    @Test
    void removalDoesNotChangeAnEarlierCopy() {
        AccountList accounts = new AccountList(0);
        Member one = new Member();
        accounts.makeRoom();
        accounts.add(one);
        AccountRef[] copy = accounts.copy();
        accounts.remove(one);
        assertThat(copy).containsExactly(one);
        assertThat(accounts.copy()).isEmpty();
    }

    @Test
    void listStaysEmptyAfterRoomIsMade() {
        AccountList accounts = new AccountList(0);
        accounts.makeRoom();
        accounts.makeRoom();
        assertThat(accounts.copy()).isEmpty();
        assertThat(accounts.hasMembers()).isFalse();
    }
}
