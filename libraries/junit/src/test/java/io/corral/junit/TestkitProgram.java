package io.corral.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs in the forked JVM: runs tests with budgets, and prints how each ended. */
final class TestkitProgram {

    private TestkitProgram() {}

    /** @param arguments the names of nested classes of {@link BudgetSamples} */
    public static void main(String[] arguments) throws ClassNotFoundException {
        for (String name : arguments) {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(
                            selectClass(Class.forName(BudgetSamples.class.getName() + "$" + name)))
                    .execute()
                    .testEvents()
                    .finished()
                    .stream()
                    .forEach(TestkitProgram::print);
        }
        System.out.println("calls=" + String.join(",", BudgetSamples.CALLS));
    }

    private static void print(Event finished) {
        TestExecutionResult result = finished.getRequiredPayload(TestExecutionResult.class);
        String text = result.getThrowable().map(Throwable::getMessage).orElse("");
        System.out.println(finished.getTestDescriptor().getDisplayName().replaceFirst("\\(.*", "")
                + "=" + result.getStatus() + " " + text);
    }
}
