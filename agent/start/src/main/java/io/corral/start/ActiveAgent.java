package io.corral.start;

import io.corral.launcher.AgentLoader;
import io.corral.options.OptionKey;
import io.corral.options.Options;
import io.corral.runtime.Corral;
import io.corral.runtime.accounting.ClockPolicy;
import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.container.Bounds;
import io.corral.runtime.control.FairThreads;
import io.corral.runtime.control.VirtualThreadLimits;
import io.corral.runtime.hook.ManagementHook;
import io.corral.runtime.jdk.MissingModule;
import io.corral.runtime.jdk.TestedJdks;
import io.corral.runtime.membership.Combinations;
import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.Placement;
import io.corral.start.boot.BootLoader;
import io.corral.weaver.AgentTransformer;
import io.corral.weaver.copies.ApiCopyTransformer;
import io.corral.weaver.items.ItemDispatcher;
import java.lang.instrument.Instrumentation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of the agent that links to the runtime: weaves classes and switches the hooks on. Called
 * by one thread at a time.
 */
final class ActiveAgent {

    private final AgentLoader loader;
    private final ItemDispatcher itemDispatcher;

    /** The options of the start. */
    private final Options options;

    private final RulesInForce rules;
    private final FlightEvents events;
    private Options.Log log;

    ActiveAgent(BootLoader bootLoader, AgentLoader loader, Options options, StartMessages lines)
            throws ClassNotFoundException {
        this.loader = loader;
        this.itemDispatcher = bootLoader.itemDispatcher();
        this.options = options;
        this.log = options.log();
        this.rules = new RulesInForce(loader, bootLoader.entryWeaver());
        this.events = new FlightEvents(loader, options.periodMillis());
        // The runtime prints its own lines. Its levels have the same names.
        Log.level(Log.Level.valueOf(log.name()));
        Log.copyTo(lines.all());
    }

    Options.Log log() {
        return log;
    }

    RulesInForce rules() {
        return rules;
    }

    FlightEvents events() {
        return events;
    }

    /** @return why the agent is not active, with nothing woven; null if it is active */
    @Nullable String install(Instrumentation instrumentation, boolean isLate, StartMessages lines) {
        AgentTransformer weaver =
                new AgentTransformer(instrumentation, options.handover(), itemDispatcher);
        String fault = weaver.weave();
        if (fault == null) {
            fault = activate(isLate, lines);
            if (fault != null) {
                weaver.unweave();
                rules.uninstall();
            } else {
                weaver.awaitVirtualThreads();
                if (isLate) {
                    weaver.weaveLoadedItems();
                }
                ApiCopyTransformer.install(instrumentation, isLate);
                manage(weaver, lines);
                if (TestedJdks.isNewerRunning()) {
                    lines.error("Corral is not tested on JDK " + TestedJdks.running()
                            + ", only up to " + TestedJdks.NEWEST
                            + "; it found all that it needs here, and its limits only count what"
                            + " they would do to virtual threads");
                }
            }
        }
        return fault;
    }

    private void manage(AgentTransformer weaver, StartMessages lines) {
        try {
            BeansOnDemand beans = new BeansOnDemand(loader);
            ManagementHook.registerBy(beans);
            if (weaver.weaveLoadedManagement() && beans.isDue()) {
                ManagementHook.serverMade();
            }
        } catch (Throwable failure) {
            lines.error("no MBeans: " + failure);
        }
    }

    /**
     * Returns failures, so that the caller removes the woven calls: with hooks that fail to link no
     * thread could start.
     */
    private @Nullable String activate(boolean isLate, StartMessages lines) {
        try {
            if (TestedJdks.isNewerRunning()) {
                VirtualThreadLimits.monitor();
            }
            // Rules are read before any thread is placed, running ones included, and after weaving,
            // which has to precede the loading of task classes.
            if (options.rules() != null) {
                rules.install(options.rules(), lines);
            }
            QueuedTime.measure(options.queued());
            Placement.inheritAlways(options.placement() == Options.Placement.INHERIT);
            Bounds.set(options.depth(), options.containers());
            OptionChanges.places(options);
            Combinations.bound(options.combinations());
            if (options.carriers() > 0) {
                FairThreads.maxCarriers(options.carriers());
            }
            return Corral.activate(isLate, ClockPolicy.valueOf(options.clock().name()));
        } catch (Throwable failure) {
            return failure.toString();
        }
    }

    void observe(StartMessages lines) {
        String advice = MissingModule.advice("java.management");
        if (advice != null) {
            lines.error("CPU time and allocation are unknown, and the limits fair and cpu.max have"
                    + " no effect: " + advice);
        }
        if (options.jfr()) {
            events.register(lines);
        }
    }

    /** Called at the end of each start: later lines are printed on standard error only. */
    void endStart() {
        Log.copyTo(null);
    }

    /** Called if the agent is loaded again. */
    void change(Options wanted, StartMessages lines) {
        Log.copyTo(lines.all());
        try {
            new OptionChanges(options, rules, events, lines).apply(wanted);
            if (wanted.given().contains(OptionKey.LOG)) {
                log = wanted.log();
            }
        } finally {
            Log.copyTo(null);
        }
        for (String unused : rules.unused()) {
            lines.info(unused);
        }
        lines.info("already active on JDK " + System.getProperty("java.version") + ", clock "
                + options.clock().name().toLowerCase(Locale.ROOT) + ", events "
                + (events.isRegistered() ? "on" : "off"));
    }
}
