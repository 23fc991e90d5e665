package io.corral.agent.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.placement.EntryTargets;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryWeavingTest {

    /** A JVM that ends answers with null when it is asked for its classes. */
    @Test
    void weavesNothingWhereTheJvmIsEnding() {
        List<String> asked = new ArrayList<>();
        Instrumentation ending = answering(Instrumentation.class, (proxy, method, arguments) -> {
            asked.add(method.getName());
            return null;
        });
        EntryTargets none = answering(EntryTargets.class, (proxy, method, arguments) -> {
            assertThat(method.getName()).isEqualTo("isEmpty");
            return true;
        });
        new EntryWeaving(ending).weave(none);
        assertThat(asked).containsOnly("getAllLoadedClasses");
    }

    private static <T> T answering(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                EntryWeavingTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
