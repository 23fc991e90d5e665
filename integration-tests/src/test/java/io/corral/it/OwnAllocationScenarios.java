package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.it.harness.Scenario;
import io.corral.it.harness.ThreadKind;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a thread looks up in the JVM's own object of it, held against what the JVM's bean says, while all is collected. */
final class OwnAllocationScenarios {

    private static final int STAYS = 1_000;
    private static final int ARRAYS = 10;

    /** Now and then more than a thread-local buffer may hold. */
    private static final int LARGE = 1 << 20;

    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static volatile Object garbage = "";

    private OwnAllocationScenarios() {}

    @Scenario
    static void itIsLookedUpInTheJvmsOwnObject() throws ReflectiveOperationException {
        Field known = Class.forName("io.corral.runtime.accounting.OwnAllocation")
                .getDeclaredField("IS_KNOWN");
        known.setAccessible(true);
        assertThat(known.getBoolean(null)).isTrue();
    }

    @Scenario
    static void eachStayIsChargedWhatTheBeanSays() {
        whileAllIsCollected(() -> {
            Container container = Containers.at("/own-allocation/stays");
            Random random = new Random(1);
            long least = 0;
            long most = 0;
            // What is loaded and linked at the first time is allocated, too.
            stay(container, random);
            long before = container.usage().allocatedBytes();
            for (int i = 0; i < STAYS; i++) {
                long outside = BEAN.getCurrentThreadAllocatedBytes();
                least += stay(container, random);
                most += BEAN.getCurrentThreadAllocatedBytes() - outside;
            }
            assertThat(container.usage().allocatedBytes() - before).isBetween(least, most);
            assertThat(most - least).isLessThan(least / 100);
        });
    }

    @Scenario
    static void aVirtualThreadIsChargedTheArraysItMakes() {
        if (!ThreadKind.VIRTUAL.isHere()) {
            return;
        }
        whileAllIsCollected(() -> {
            Container container = Containers.at("/own-allocation/virtual");
            ThreadKind.VIRTUAL.run(() -> {
                for (int i = 0; i < STAYS; i++) {
                    try (Scope scope = container.enter()) {
                        garbage = new byte[8_000 - 16];
                    }
                }
            });
            assertThat(container.usage().allocatedBytes())
                    .isBetween(8_000L * STAYS, 8_000L * STAYS * 101 / 100);
        });
    }

    /** @return what the bean says was allocated in there */
    private static long stay(Container container, Random random) {
        try (Scope scope = container.enter()) {
            long inside = BEAN.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ARRAYS; i++) {
                garbage = new byte[random.nextInt(random.nextInt(100) == 0 ? LARGE : 1_000)];
            }
            return BEAN.getCurrentThreadAllocatedBytes() - inside;
        }
    }

    private static void whileAllIsCollected(Runnable task) {
        AtomicBoolean done = new AtomicBoolean();
        Thread collecting = ThreadKind.PLATFORM.start(() -> {
            while (!done.get()) {
                System.gc();
            }
        });
        try {
            task.run();
        } finally {
            done.set(true);
            ThreadKind.join(collecting);
        }
    }
}
