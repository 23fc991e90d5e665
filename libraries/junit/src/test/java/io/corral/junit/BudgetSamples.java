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
final class BudgetSamples {

    /** What ran, of each test class. */
    static final List<String> CALLS = new ArrayList<>();

    private BudgetSamples() {}

    static class CpuTests {

        @Test
        @CpuBudget(millis = 60_000)
        void under() {
            FixedWork.compute();
        }

        @Test
        @CpuBudget(millis = 20)
        void over() {
            FixedWork.compute();
        }

        @Test
        @CpuBudget(millis = 20)
        void onAChildThread() throws Exception {
            FixedWork.onPlatformThread(FixedWork::compute);
        }

        @Test
        @CpuBudget(millis = 20)
        void inAPool() throws Exception {
            FixedWork.inPool(FixedWork::compute);
        }

        @Test
        @CpuBudget(millis = 20)
        @EnabledForJreRange(min = JRE.JAVA_21)
        void onAVirtualThread() throws Exception {
            FixedWork.onVirtualThread(FixedWork::compute);
        }

        @Test
        void without() {
            FixedWork.compute();
        }
    }

    static class AllocationTests {

        @Test
        @AllocationBudget(bytes = 50_000_000, warmups = 1)
        void under() {
            FixedWork.allocate();
        }

        @Test
        @AllocationBudget(bytes = 4_000_000, warmups = 1)
        void over() {
            FixedWork.allocate();
        }

        @Test
        @AllocationBudget(bytes = 4_000_000, warmups = 1)
        void onAChildThread() throws Exception {
            FixedWork.onPlatformThread(FixedWork::allocate);
        }

        @Test
        @CpuBudget(millis = 20)
        @AllocationBudget(bytes = 4_000_000)
        void overBothBudgets() {
            FixedWork.compute();
            FixedWork.allocate();
        }
    }

    @CpuBudget(millis = 20)
    static class ClassTests {

        @Test
        void over() {
            FixedWork.compute();
        }

        @Test
        @CpuBudget(millis = 60_000)
        void ownBudgetCounts() {
            FixedWork.compute();
        }

        @Nested
        class Inner {

            @Test
            void nestedOverBudget() {
                FixedWork.compute();
            }
        }
    }

    static class FactoryTests {

        @TestFactory
        @CpuBudget(millis = 20, warmups = 1)
        List<DynamicTest> factory() {
            return List.of(
                    DynamicTest.dynamicTest("light", () -> CALLS.add("light")),
                    DynamicTest.dynamicTest("heavy", FixedWork::compute));
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
                FixedWork.compute();
                FixedWork.allocate();
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
            CALLS.add("used " + (measured.usage().allocatedBytes() >= FixedWork.BYTES));
        }

        @Test
        void partsAreMeasured(Measured measured) throws Throwable {
            assertThat(measured.run(() -> {}).allocatedBytes()).isLessThan(1_000_000);
            assertThat(measured.run(FixedWork::allocate).allocatedBytes())
                    .isBetween((long) FixedWork.BYTES, 12_000_000L);
        }
    }
}
