package io.corral.agent;

import io.corral.agent.boot.BootLoader;
import io.corral.agent.boot.LazyLoader;
import io.corral.agent.options.OptionKey;
import io.corral.agent.options.Options;
import java.lang.instrument.Instrumentation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The stages of a start, in order. Each may say why Corral is not active, and then nothing is changed. */
final class Startup {

    /** Set in the system properties by the agent that is active, whatever loader it came from. */
    private static final String STARTED = "io.corral.agent.started";

    /** Null until this agent is active. Guarded by this class. */
    private static @Nullable ActiveAgent active;

    private Startup() {}

    /** @param late whether the agent is loaded into a JVM that runs: perhaps once more */
    static synchronized void run(String arguments, Instrumentation instrumentation, boolean late) {
        ActiveAgent known = late ? active : null;
        Options options = Options.read(arguments, known != null);
        Lines lines = new Lines(
                known == null || options.given().contains(OptionKey.LOG)
                        ? options.log()
                        : known.log());
        try {
            for (String complaint : options.complaints()) {
                lines.error(complaint);
            }
            if (known != null) {
                // The application may have put others in the place of the properties.
                System.setProperty(STARTED, Agent.class.getName());
                known.change(options, lines);
            } else if (Surroundings.isJdkTool()) {
                if (late) {
                    lines.notActive("this JVM runs a tool of the JDK");
                }
            } else if (options.enabled()) {
                start(options, lines, instrumentation, late);
            } else {
                lines.info("disabled. The application runs unmetered.");
            }
        } catch (Throwable failure) {
            lines.notActive(failure.toString());
        } finally {
            if (late) {
                lines.leave();
            }
        }
    }

    private static void start(
            Options options, Lines lines, Instrumentation instrumentation, boolean late)
            throws Exception {
        if (System.getProperty(STARTED) != null) {
            lines.error("the agent is given twice; the first one works, this one does nothing");
            return;
        }
        LoadedRuntime loaded = new LoadedRuntime(instrumentation);
        String reason = late ? loaded.whyTooLate() : loaded.whyNotAgain();
        if (reason != null) {
            lines.notActive(reason);
            return;
        }
        BootLoader bootLoader = new BootLoader(instrumentation);
        if (options.training() || bootLoader.isDumpingArchive()) {
            bootLoader.defineForTraining();
            lines.error("training run for a class archive: nothing installed, nothing counted");
            return;
        }
        LazyLoader loader = bootLoader.define();
        ActiveAgent agent = new ActiveAgent(bootLoader, loader, options, lines);
        try {
            String fault = agent.install(instrumentation, late, lines);
            if (fault != null) {
                lines.notActive(fault);
                return;
            }
            System.setProperty(STARTED, Agent.class.getName());
            active = agent;
            agent.followRules();
            agent.observe(lines);
        } finally {
            agent.startIsOver();
        }
        lines.info("active on JDK " + System.getProperty("java.version") + ", clock "
                + options.clock().name().toLowerCase(Locale.ROOT) + ", events "
                + (agent.isObserved() ? "on" : "off"));
    }
}
