package io.corral.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.notice.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GettersTest {

    private static final int OFTEN = 10_000;

    private final Getters getters = new Getters(1);
    private final Complaints complaints = new Complaints("rules.conf:1");

    /** What everybody writes would go from processor to processor. */
    @Test
    void oneOfThoseWhoComeBetweenTwoLooksIsWatched() {
        assertThat(getters.enter()).isNotNull();
        assertThat(getters.enter()).isNull();
        look();
        assertThat(getters.enter()).as("while one is in there").isNull();
    }

    @Test
    void whoLeavesIsFollowedByOneWhoComesBehindTheNextLook() {
        getters.leave(getters.enter());
        assertThat(getters.enter()).isNull();
        look();
        assertThat(getters.enter()).isNotNull();
    }

    @Test
    void ruleIsPassedOverWhileTwoLooksHaveFoundTheSameInThere() {
        Getters.@Nullable Stay heldUp = getters.enter();
        look();
        assertThat(getters.areBlocked()).isFalse();
        look();
        assertThat(getters.areBlocked()).isTrue();
        getters.leave(heldUp);
        assertThat(getters.areBlocked()).isFalse();
    }

    /** It may be the second of a rule's placeholders that does not return. */
    @Test
    void whatIsCalledLastIsNamed() {
        Getters.@Nullable Stay heldUp = getters.enter();
        assertThat(heldUp).isNotNull();
        heldUp.calls("method");
        heldUp.calls("route");
        List<String> said = new CopyOnWriteArrayList<>();
        Log.Level before = Log.level(Log.Level.OFF);
        Log.copyTo(said);
        try {
            look();
            look();
            look();
        } finally {
            Log.copyTo(null);
            Log.level(before);
        }
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("rules.conf:1: thread ")
                .contains(" is held up in what {route} calls; ");
    }

    @Test
    void anotherOneEachTimeHoldsNobodyUp() {
        for (int i = 0; i < 5; i++) {
            Getters.@Nullable Stay stay = getters.enter();
            look();
            getters.leave(stay);
            look();
        }
        assertThat(getters.areBlocked()).isFalse();
    }

    /** What hangs may be the last that a request does of a kind, and never the first behind a look. */
    @Test
    void itIsNotAlwaysTheFirstWhoIsWatched() {
        Getters ofRules = new Getters();
        int first = 0;
        int later = 0;
        for (int i = 0; i < OFTEN && (first == 0 || later == 0); i++) {
            int comers = 0;
            Getters.@Nullable Stay stay = null;
            while (stay == null) {
                comers++;
                stay = ofRules.enter();
            }
            first += comers == 1 ? 1 : 0;
            later += comers > 1 ? 1 : 0;
            ofRules.leave(stay);
            ofRules.look(complaints);
        }
        assertThat(first).isPositive();
        assertThat(later).isPositive();
    }

    private void look() {
        getters.look(complaints);
    }
}
