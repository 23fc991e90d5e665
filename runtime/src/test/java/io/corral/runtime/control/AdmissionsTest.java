package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.container.Trees;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionsTest {

    /** More than the table has entries. */
    private static final int MANY = 3_000;

    private final ContainerControl[] doors = {
        new ContainerControl(Trees.MAIN.root().at("admissions"))
    };

    private final List<Admission> requests = new ArrayList<>();

    private Admission add() {
        Admission request = new Admission(doors, Thread.currentThread());
        Admissions.add(request);
        requests.add(request);
        return request;
    }

    @AfterEach
    void removeAll() {
        requests.forEach(Admissions::remove);
    }

    @Test
    void requestsAreOpenUntilTheyAreRemoved() {
        for (int i = 0; i < MANY; i++) {
            add();
        }
        assertThat(Admissions.open()).containsAll(requests).doesNotHaveDuplicates();
        List<Admission> half = requests.subList(0, MANY / 2);
        half.forEach(Admissions::remove);
        assertThat(Admissions.open())
                .containsAll(requests.subList(MANY / 2, MANY))
                .doesNotContainAnyElementsOf(half);
    }

    @Test
    void removalOfARequestThatWasRemovedTakesNoOther() {
        Admission first = add();
        Admissions.remove(first);
        Admission next;
        do {
            next = add();
        } while (next.entry != first.entry && requests.size() < 1_000_000 && removed(next));
        assertThat(next.entry).isEqualTo(first.entry);
        Admissions.remove(first);
        assertThat(Admissions.open()).contains(next);
    }

    private static boolean removed(Admission request) {
        Admissions.remove(request);
        return true;
    }
}
