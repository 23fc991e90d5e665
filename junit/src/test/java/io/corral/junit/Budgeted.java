package io.corral.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests with budgets, which {@link TestkitProgram} runs. Some are to fail. */
final class Budgeted {

    /** What ran, of each test class. */
    static final List<String> CALLS = new ArrayList<>();

    private Budgeted() {}

    static class CpuTests {

        @Test
        @CpuBudget(millis = 60_000)
        void under() {
            Work.compute();
        }

        @Test
        @CpuBudget(millis = 20)
        void over() {
            Work.compute();
        }

        @Test
        @CpuBudget(millis = 20)
        void onAChildThread() throws Exception {
            Work.onPlatformThread(Work::compute);
        }

        @Test
        @CpuBudget(millis = 20)
        void inAPool() throws Exception {
            Work.inPool(Work::compute);
        }

        @Test
        @CpuBudget(millis = 20)
        @EnabledForJreRange(min = JRE.JAVA_21)
        void onAVirtualThread() throws Exception {
            Work.onVirtualThread(Work::compute);
        }

        @Test
        void without() {
            Work.compute();
        }
    }

    static class AllocationTests {

        @Test
        @AllocationBudget(bytes = 50_000_000, warmups = 1)
        void under() {
            Work.allocate();
        }

        @Test
        @AllocationBudget(bytes = 4_000_000, warmups = 1)
        void over() {
            Work.allocate();
        }

        @Test
        @AllocationBudget(bytes = 4_000_000, warmups = 1)
        void onAChildThread() throws Exception {
            Work.onPlatformThread(Work::allocate);
        }

        @Test
        @CpuBudget(millis = 20)
        @AllocationBudget(bytes = 4_000_000)
        void overBoth() {
            Work.compute();
            Work.allocate();
        }
    }

    @CpuBudget(millis = 20)
    static class ClassTests {

        @Test
        void over() {
            Work.compute();
        }

        @Test
        @CpuBudget(millis = 60_000)
        void ownBudgetCounts() {
            Work.compute();
        }

        @Nested
        class Inner {

            @Test
            void overToo() {
                Work.compute();
            }
        }
    }

    static class FactoryTests {

        @TestFactory
        @CpuBudget(millis = 20, warmups = 1)
        List<DynamicTest> factory() {
            return List.of(
                    DynamicTest.dynamicTest("light", () -> CALLS.add("light")),
                    DynamicTest.dynamicTest("heavy", Work::compute));
        }
    }

    static class WarmupTests {

        private int calls;

        @BeforeEach
        void before() {
            CALLS.add("before");
        }

        @Test
        @CpuBudget(millis = 20, warmups = 3)
        @AllocationBudget(bytes = 4_000_000, warmups = 2)
        void warmupsAreNotCounted() {
            CALLS.add("test");
            calls++;
            if (calls < 4) {
                Work.compute();
                Work.allocate();
            }
        }

        @RepeatedTest(2)
        @AllocationBudget(bytes = 4_000_000, warmups = 1)
        void repeated() {
            CALLS.add("repeated");
        }

        @Test
        @CpuBudget(millis = 60_000, warmups = 1)
        void ownFailureIsKept() {
            fail("own failure");
        }
    }

    @ExtendWith(CorralExtension.class)
    static class MeasuredTests {

        @AfterEach
        void after(Measured measured) {
            CALLS.add("used " + (measured.usage().allocatedBytes() >= Work.BYTES));
        }

        @Test
        void partsAreMeasured(Measured measured) throws Throwable {
            assertThat(measured.run(() -> {}).allocatedBytes()).isLessThan(1_000_000);
            assertThat(measured.run(Work::allocate).allocatedBytes())
                    .isBetween((long) Work.BYTES, 12_000_000L);
        }
    }
}
