package io.corral.integration.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.EventRegistration;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.placement.ThreadRules;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** The one rule of the file places threads named {@code batch-*} in {@code /batch}. */
final class ForkRuleScenarios {

    private static final String PLATFORM = "corral.ThreadFork";
    private static final String VIRTUAL = "corral.VirtualThreadFork";

    /** What follows the line of the file's rule. */
    private static final String TEXT = ": thread \"batch-*\" -> /batch";

    private ForkRuleScenarios() {}

    @Scenario
    static void eventNamesTheRuleThatPlacedTheThreadInMain(ThreadKind kind) throws Exception {
        Container a = Containers.at("/fork-rule/a-" + kind);
        Container elsewhere = Containers.hierarchy("fork-rule").root().at("elsewhere-" + kind);
        Map<String, String> rules = recorded(() -> {
            a.run(() -> run(kind, "inherits", Thread::start));
            run(kind, "by-default", Thread::start);
            run(kind, "explicit", a::start);
            run(kind, "explicit-elsewhere", elsewhere::start);
            run(kind, "batch-elsewhere", elsewhere::start);
        });
        boolean isVirtual = kind == ThreadKind.VIRTUAL;
        assertThat(rules)
                .containsEntry("inherits", "inherit " + a.path())
                .hasEntrySatisfying(
                        "by-default",
                        rule -> assertThat(rule)
                                .matches("default.rules:\\d+: .*starter chosen -> .* /threads/"
                                        + (isVirtual ? "virtual/" : "") + "by-default"))
                .containsEntry("explicit", "explicit " + a.path())
                .hasEntrySatisfying(
                        "explicit-elsewhere",
                        rule -> assertThat(rule)
                                .matches("default.rules:\\d+: .*starter chosen -> .* /threads/"
                                        + (isVirtual ? "virtual/" : "") + "explicit-elsewhere"))
                .hasEntrySatisfying(
                        "batch-elsewhere",
                        rule -> assertThat(rule).endsWith("fork.rules:1" + TEXT + " /batch"));
    }

    /** The rules are removed between the placement and the event. */
    @Scenario
    static void eventNamesTheRuleThatPlacedTheThreadAfterAReload(ThreadKind kind) throws Exception {
        ThreadRules inForce = rulesInForce();
        Subsystem reload = new Subsystem() {
            @Override
            public void fork(Thread thread, Container container) {
                if (thread.getName().equals("batch-changed-" + kind)) {
                    force(null);
                }
            }
        };
        Containers.register(reload);
        String path = System.getProperty("corral.rules");
        Map<String, String> rules =
                recorded(() -> run(kind, "batch-changed-" + kind, Thread::start));
        force(inForce);
        assertThat(rules).containsEntry("batch-changed-" + kind, path + ":1" + TEXT + " /batch");
    }

    private static ThreadRules rulesInForce() throws ReflectiveOperationException {
        return (ThreadRules) rules().get(null);
    }

    /** By reflection, since only the agent has the key. */
    private static void force(@Nullable ThreadRules rules) {
        try {
            rules().set(null, rules);
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static Field rules() throws NoSuchFieldException {
        Field rules = Placement.class.getDeclaredField("rules");
        rules.setAccessible(true);
        return rules;
    }

    private interface Start {
        void start(Thread thread);
    }

    private static void run(ThreadKind kind, String name, Start start) {
        Thread thread = kind.unstarted(() -> {});
        thread.setName(name);
        start.start(thread);
        ThreadKind.join(thread);
    }

    /** The rule and the container of each fork by the thread's name. */
    private static Map<String, String> recorded(Runnable forks) throws Exception {
        Path file = Files.createTempFile("forks", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PLATFORM);
            recording.enable(VIRTUAL);
            recording.start();
            EventRegistration.await(PLATFORM);
            forks.run();
            recording.stop();
            recording.dump(file);
        }
        Map<String, String> rules = new HashMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            String type = event.getEventType().getName();
            if (type.equals(PLATFORM) || type.equals(VIRTUAL)) {
                rules.put(
                        event.getString("threadName"),
                        event.getString("rule") + " " + event.getString("container"));
            }
        }
        Files.delete(file);
        return rules;
    }
}
