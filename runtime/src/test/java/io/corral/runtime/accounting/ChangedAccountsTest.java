package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangedAccountsTest {

    @Test
    void accountsAreAddedLaterIfAddingThemFailed() {
        Account missed = new Account();
        ChangedAccounts.missed = new Account();
        assertThatThrownBy(() -> ChangedAccounts.addMissed(add -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        ChangedAccounts.addMissed(add -> add.accept(missed));
        assertThat(taken()).contains(missed);
    }

    @Test
    void nothingIsAddedIfNoneWasMissed() {
        ChangedAccounts.missed = null;
        List<Consumer<Account>> asked = new ArrayList<>();
        ChangedAccounts.addMissed(asked::add);
        assertThat(asked).isEmpty();
    }

    /** The accounts of other tests are added again. */
    @AfterEach
    void missOthers() {
        ChangedAccounts.missed = new Account();
    }

    private static List<Account> taken() {
        List<Account> taken = new ArrayList<>();
        Account at = ChangedAccounts.take();
        while (!ChangedAccounts.isEnd(at)) {
            Account next = ChangedAccounts.remove(at);
            taken.add(at);
            at = next;
        }
        return taken;
    }
}
