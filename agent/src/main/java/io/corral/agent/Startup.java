package io.corral.agent;

import io.corral.agent.boot.BootLoader;
import io.corral.agent.boot.LazyLoader;
import io.corral.agent.options.Options;
import io.corral.agent.weave.OneCopy;
import io.corral.agent.weave.Weaver;
import io.corral.runtime.Corral;
import io.corral.runtime.accounting.ClockPolicy;
import io.corral.runtime.notice.Log;
import java.lang.instrument.Instrumentation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The stages of a start, in order. Each may say why Corral is not active, and then nothing is changed. */
final class Startup {

    /** Set in the system properties by the agent that is active, whatever loader it came from. */
    private static final String STARTED = "io.corral.agent.started";

    private Startup() {}

    static void run(String arguments, Instrumentation instrumentation, boolean late) {
        Options options = Options.read(arguments);
        Lines lines = new Lines(options.log());
        for (String complaint : options.complaints()) {
            lines.error(complaint);
        }
        if (Surroundings.isJdkTool()) {
            return;
        }
        if (!options.enabled()) {
            lines.info("disabled. The application runs unmetered.");
            return;
        }
        try {
            start(options, lines, instrumentation, late);
        } catch (Throwable failure) {
            lines.notActive(failure.toString());
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
        Installation.log(options.log());
        String fault = Installation.install(instrumentation, late, options);
        if (fault != null) {
            lines.notActive(fault);
            return;
        }
        System.setProperty(STARTED, Agent.class.getName());
        String rules = options.rules();
        if (rules != null) {
            place(bootLoader, loader, rules, lines);
        }
        boolean observed = options.jfr() && observe(loader, options.periodMillis(), lines);
        lines.info("active on JDK " + System.getProperty("java.version") + ", clock "
                + options.clock().name().toLowerCase(Locale.ROOT) + ", events "
                + (observed ? "on" : "off"));
    }

    private static void place(BootLoader bootLoader, LazyLoader loader, String rules, Lines lines) {
        try {
            Installation.place(bootLoader, loader, rules);
        } catch (Throwable failure) {
            lines.error("threads are placed by default, without the rules in " + rules + ": "
                    + failure);
        }
    }

    private static boolean observe(LazyLoader loader, long periodMillis, Lines lines) {
        try {
            return Installation.observe(loader, periodMillis);
        } catch (Throwable failure) {
            lines.error("no events in flight recordings: " + failure);
            return false;
        }
    }

    /** Apart from {@link Startup}, since it links to the runtime, which must be in the boot loader by then. */
    private static final class Installation {

        /** The runtime says its own lines; the levels have the same names there. */
        static void log(Options.Log level) {
            Log.level(Log.Level.valueOf(level.name()));
        }

        static @Nullable String install(
                Instrumentation instrumentation, boolean late, Options options) {
            Weaver weaver = new Weaver(instrumentation, options.handover() && !late);
            String fault = weaver.weave();
            if (fault == null) {
                fault = activate(late, options.clock());
                if (fault != null) {
                    weaver.unweave();
                } else {
                    OneCopy.install(instrumentation, late);
                }
            }
            return fault;
        }

        /** Whatever is thrown, the woven calls must go: no thread could start with hooks that fail to link. */
        private static @Nullable String activate(boolean late, Options.Clock clock) {
            try {
                return Corral.activate(late, ClockPolicy.valueOf(clock.name()));
            } catch (Throwable failure) {
                return failure.toString();
            }
        }

        static void place(BootLoader bootLoader, LazyLoader loader, String rules)
                throws ReflectiveOperationException {
            loader.rules().install(rules, bootLoader.entryWeaver());
        }

        /** @return whether this JVM has the flight recorder */
        static boolean observe(LazyLoader loader, long periodMillis)
                throws ReflectiveOperationException {
            if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
                return false;
            }
            Corral.observe(loader.recorder(), periodMillis);
            return true;
        }
    }
}
