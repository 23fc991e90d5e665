package io.corral.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GettersTest {

    private final Getters getters = new Getters();
    private final Complaints complaints = new Complaints("rules.conf:1");
    private int comers;

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
        assertThat(comersUntilOneIsWatched()).isEqualTo(2);
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
        List<String> said = Said.during(() -> {
            look();
            look();
            look();
        });
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("rules.conf:1: thread ")
                .contains(" is held up in what {route} calls; ");
    }

    @Test
    void anotherOneEachTimeHoldsNobodyUp() {
        for (int i = 0; i < 5; i++) {
            Getters.Stay stay = firstWatched();
            look();
            getters.leave(stay);
            look();
        }
        assertThat(getters.areBlocked()).isFalse();
    }

    /** What hangs may be the fourth call of each request, and never the first behind a look. */
    @Test
    void oneLaterIsWatchedBehindEachLookUpToTheEighth() {
        List<Integer> watched = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            watched.add(comersUntilOneIsWatched());
            look();
        }
        assertThat(watched).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 1, 2);
    }

    private int comersUntilOneIsWatched() {
        int before = comers;
        getters.leave(firstWatched());
        return comers - before;
    }

    private Getters.Stay firstWatched() {
        while (true) {
            comers++;
            Getters.@Nullable Stay stay = getters.enter();
            if (stay != null) {
                return stay;
            }
        }
    }

    private void look() {
        getters.look(complaints);
    }
}
