package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitQueueTest {

    private final RunSlots slots = new RunSlots();
    private final List<Waiter> waiters = new ArrayList<>();

    private void addWaiters(int count) {
        for (int i = 0; i < count; i++) {
            Waiter waiter = new Waiter(new Thread(() -> {}), null);
            slots.waiters.add(waiter);
            waiters.add(waiter);
        }
    }

    private long woken() {
        return waiters.stream().filter(each -> each.mayTry).count();
    }

    @Test
    void tickWakesAsManyAsThereAreSlots() {
        addWaiters(5);
        slots.limit(4, false);
        slots.take();
        slots.wake();

        assertThat(waiters).extracting(each -> each.mayTry).startsWith(true, true, true);
        assertThat(woken()).isEqualTo(3);
    }

    @Test
    void tickWakesTheFirstAlsoIfNoSlotIsFree() {
        addWaiters(2);
        slots.limit(0, false);
        slots.wake();

        assertThat(woken()).isOne();
    }

    @Test
    void requestPassesThoseThatWaitOnlyIfThereIsASlotForEach() {
        addWaiters(2);
        slots.limit(2, false);
        assertThat(slots.haveRoom()).isFalse();
        slots.limit(3, false);
        assertThat(slots.haveRoom()).isTrue();
        slots.open();
        assertThat(slots.haveRoom()).isTrue();
    }

    @Test
    void tickWakesOnlyTheFirstForAPlaceOfTheParent() {
        RequestPlaces places = new RequestPlaces();
        addWaiters(3);
        waiters.forEach(places.waiters::add);
        places.wake();

        assertThat(woken()).isOne();
    }
}
