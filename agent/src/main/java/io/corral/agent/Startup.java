package io.corral.agent;

import io.corral.agent.boot.BootLoader;
import io.corral.agent.boot.ObserveLoader;
import io.corral.agent.options.Options;
import io.corral.agent.weave.Weaver;
import io.corral.runtime.Corral;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The stages of a start, in order. Each may say why Corral is not active, and then nothing is changed. */
final class Startup {

    /** Set in the system properties by the first agent of a JVM, whatever loader it came from. */
    private static final String STARTED = "io.corral.agent.started";

    private Startup() {}

    static void run(String arguments, Instrumentation instrumentation, boolean late)
            throws Exception {
        Options options = Options.read(arguments);
        Lines lines = new Lines(options.log());
        for (String complaint : options.complaints()) {
            lines.error(complaint);
        }
        if (!options.enabled() || Surroundings.isJdkTool()) {
            return;
        }
        if (System.getProperty(STARTED) != null) {
            lines.error("the agent is given twice; the first one works, this one does nothing");
            return;
        }
        BootLoader bootLoader = new BootLoader(instrumentation);
        if (options.training() || bootLoader.isDumpingArchive()) {
            lines.error("training run for a class archive: nothing installed, nothing counted");
            return;
        }
        System.setProperty(STARTED, Agent.class.getName());
        bootLoader.defineRuntime();
        String fault = Installation.install(options, instrumentation, late);
        if (fault != null) {
            lines.error("not active: " + fault + ". The application runs unmetered.");
        }
    }

    /** Apart from {@link Startup}, since it links to the runtime, which must be in the boot loader by then. */
    private static final class Installation {

        static @Nullable String install(
                Options options, Instrumentation instrumentation, boolean late) throws Exception {
            Weaver weaver = new Weaver(instrumentation);
            String fault = weaver.weave();
            if (fault == null) {
                fault = Corral.activate(late);
                if (fault != null) {
                    weaver.unweave();
                }
            }
            if (fault == null && options.jfr()) {
                observe(options.periodMillis());
            }
            return fault;
        }

        private static void observe(long periodMillis) throws ReflectiveOperationException {
            if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
                Corral.observe(ObserveLoader.recorder(), periodMillis);
            }
        }
    }
}
