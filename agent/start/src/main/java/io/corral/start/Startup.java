package io.corral.start;

import io.corral.launcher.AgentLoader;
import io.corral.launcher.AgentStarter;
import io.corral.options.OptionKey;
import io.corral.options.Options;
import io.corral.start.boot.BootLoader;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a start, in order. Each may return a reason why Corral is not active; then nothing
 * is woven.
 */
public final class Startup implements AgentStarter {

    /** The system property that an active agent sets, whatever loader it is in. */
    private static final String STARTED = "io.corral.agent.started";

    /** The class of the entry point. */
    private static final String AGENT = "io.corral.agent.Agent";

    /** The loader of this class. */
    private final AgentLoader loader;

    /** Null until this agent is active. Guarded by this. */
    private @Nullable ActiveAgent active;

    public Startup() {
        loader = (AgentLoader) Objects.requireNonNull(Startup.class.getClassLoader());
    }

    @Override
    public synchronized void run(
            String arguments, Instrumentation instrumentation, boolean isLate) {
        try {
            runStages(arguments, instrumentation, isLate);
        } finally {
            loader.release();
        }
    }

    private void runStages(String arguments, Instrumentation instrumentation, boolean isLate) {
        List<String> answer = isLate ? Questions.answer(arguments, active) : null;
        if (answer != null) {
            // Left for the tool that asked; nothing is printed in this JVM.
            System.setProperty(AgentStarter.MESSAGES_PROPERTY, String.join("\n", answer));
            return;
        }
        boolean isJdkTool = isJdkTool();
        if (isJdkTool && !isLate) {
            // In a tool of the JDK nothing is printed, whatever the options are.
            return;
        }
        ActiveAgent known = isLate ? active : null;
        Options options = Options.read(arguments, known != null);
        StartMessages lines = new StartMessages(
                known == null || options.given().contains(OptionKey.LOG)
                        ? options.log()
                        : known.log());
        try {
            for (String problem : options.problems()) {
                lines.error(problem);
            }
            if (known != null) {
                // The application may have replaced the system properties.
                System.setProperty(STARTED, AGENT);
                known.change(options, lines);
            } else if (isJdkTool) {
                lines.notActive("this JVM runs a tool of the JDK");
            } else if (options.enabled()) {
                start(options, lines, instrumentation, isLate);
            } else {
                lines.info("disabled. The application runs unmetered.");
            }
        } catch (Throwable failure) {
            lines.notActive(failure.toString());
        } finally {
            if (isLate) {
                lines.leave();
            }
        }
    }

    /**
     * Whether this JVM runs one of the JDK's own tools, which {@code JAVA_TOOL_OPTIONS} gives the
     * agent as well. (A source file launched by {@code java File.java} runs in the compiler's
     * module too, but the JVM does not call that its main module.)
     */
    private static boolean isJdkTool() {
        String module = System.getProperty("jdk.module.main");
        return module != null && (module.startsWith("jdk.") || module.startsWith("java."));
    }

    private void start(
            Options options, StartMessages lines, Instrumentation instrumentation, boolean isLate)
            throws Exception {
        if (System.getProperty(STARTED) != null) {
            lines.error(
                    isLate
                            ? "an agent from another jar is active already; this one is ignored"
                            : "-javaagent is specified twice; this one is ignored");
            return;
        }
        String reason =
                isLate ? LoadedRuntime.whyTooLate(instrumentation) : LoadedRuntime.whyNotAgain();
        if (reason != null) {
            lines.notActive(reason);
            return;
        }
        BootLoader bootLoader = new BootLoader(instrumentation, loader);
        if (options.training() || bootLoader.isDumpingArchive()) {
            bootLoader.defineForTraining();
            lines.error("training run for a class archive: nothing installed, nothing counted");
            return;
        }
        String missing = bootLoader.define();
        if (missing != null) {
            lines.notActive(missing);
            return;
        }
        ActiveAgent agent = new ActiveAgent(bootLoader, loader, options, lines);
        try {
            String fault = agent.install(instrumentation, isLate, lines);
            if (fault != null) {
                lines.notActive(fault);
                return;
            }
            System.setProperty(STARTED, AGENT);
            active = agent;
            agent.rules().follow();
            agent.observe(lines);
            if (options.metrics() != null && isLate) {
                MetricsStart.now(options, lines);
            } else if (options.metrics() != null) {
                MetricsStart.afterMainHasBegun(options, instrumentation);
            }
        } finally {
            agent.endStart();
        }
        lines.info("active on JDK " + System.getProperty("java.version") + ", clock "
                + options.clock().name().toLowerCase(Locale.ROOT) + ", events "
                + (agent.events().isRegistered() ? "on" : "off"));
    }
}
