package io.corral.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.placement.EntryTargets;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByteBuddyWeaverTest {

    /** An ending JVM returns null for its loaded classes. */
    @Test
    void weavesNothingWhileTheJvmEnds() {
        List<String> asked = new ArrayList<>();
        Instrumentation ending = answering(Instrumentation.class, (proxy, method, arguments) -> {
            asked.add(method.getName());
            return null;
        });
        EntryTargets none = answering(EntryTargets.class, (proxy, method, arguments) -> {
            assertThat(method.getName()).isEqualTo("isEmpty");
            return true;
        });
        new ByteBuddyWeaver(ending).weave(none);
        assertThat(asked).containsOnly("getAllLoadedClasses");
    }

    @Test
    void loadersOfOtherAgentsAreKnown() {
        assertThat(List.of(
                        "io.opentelemetry.javaagent.bootstrap.AgentClassLoader",
                        "io.opentelemetry.javaagent.tooling.instrumentation.indy."
                                + "InstrumentationModuleClassLoader",
                        "datadog.trace.bootstrap.DatadogClassLoader",
                        "co.elastic.apm.agent.premain.ShadedClassLoader",
                        "org.glowroot.agent.IsolatedWeavingClassLoader"))
                .allMatch(AgentLoaders::contain);
        assertThat(AgentLoaders.contain("jdk.internal.loader.ClassLoaders$AppClassLoader"))
                .isFalse();
    }

    @Test
    void filterContainsAllAddedNames() {
        NameFilter names = new NameFilter();
        assertThat(names.mayContain("a.Script0")).isFalse();
        for (int i = 0; i < 1_000; i++) {
            names.add("a.Script" + i);
        }
        assertThat(IntStream.range(0, 1_000)).allMatch(i -> names.mayContain("a.Script" + i));
        assertThat(IntStream.range(1_000, 2_000).filter(i -> names.mayContain("a.Script" + i)))
                .hasSizeLessThan(100);
    }

    private static <T> T answering(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                ByteBuddyWeaverTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
