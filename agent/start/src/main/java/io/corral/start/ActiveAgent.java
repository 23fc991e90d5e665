package io.corral.start;

import io.corral.launcher.AgentLoader;
import io.corral.options.OptionKey;
import io.corral.options.Options;
import io.corral.runtime.Corral;
import io.corral.runtime.accounting.ClockPolicy;
import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.api.PlacementExplanation;
import io.corral.runtime.container.Bounds;
import io.corral.runtime.handover.HandOver;
import io.corral.runtime.hook.ManagementHook;
import io.corral.runtime.membership.Combinations;
import io.corral.runtime.notice.Log;
import io.corral.runtime.notice.Recorder;
import io.corral.runtime.placement.EntryWeaver;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.placement.RulesSource;
import io.corral.runtime.placement.ThreadRules;
import io.corral.start.boot.BootLoader;
import io.corral.weaver.AgentTransformer;
import io.corral.weaver.copies.ApiCopyTransformer;
import io.corral.weaver.items.ItemDispatcher;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of the agent that links to the runtime: it weaves, activates, and changes options later.
 * Called by one thread at a time.
 */
final class ActiveAgent {

    private static final String EVENTS = "io.corral.events.jfr.JfrEvents";
    private static final String RULES = "io.corral.rules.file.RulesFile";

    private final AgentLoader loader;
    private final EntryWeaver entryWeaver;
    private final ItemDispatcher itemDispatcher;

    /** The options of the start. */
    private final Options options;

    private Options.Log log;
    private long periodMillis;
    private boolean isObserved;
    private @Nullable RulesSource rules;

    ActiveAgent(BootLoader bootLoader, AgentLoader loader, Options options, StartMessages lines)
            throws ClassNotFoundException {
        this.loader = loader;
        this.entryWeaver = bootLoader.entryWeaver();
        this.itemDispatcher = bootLoader.itemDispatcher();
        this.options = options;
        this.log = options.log();
        this.periodMillis = options.periodMillis();
        // The runtime prints its own lines. Its levels have the same names.
        Log.level(Log.Level.valueOf(log.name()));
        Log.copyTo(lines.all());
    }

    Options.Log log() {
        return log;
    }

    boolean isObserved() {
        return isObserved;
    }

    /** @return why the agent is not active, with nothing woven; null if it is active */
    @Nullable String install(Instrumentation instrumentation, boolean late, StartMessages lines) {
        AgentTransformer weaver =
                new AgentTransformer(instrumentation, options.handover(), itemDispatcher);
        String fault = weaver.weave();
        if (fault == null) {
            fault = activate(late, lines);
            if (fault != null) {
                weaver.unweave();
                if (rules != null) {
                    rules.uninstall();
                }
            } else {
                weaver.awaitVirtualThreads();
                if (late) {
                    weaver.weaveLoadedItems();
                }
                ApiCopyTransformer.install(instrumentation, late);
                manage(weaver, lines);
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
    private @Nullable String activate(boolean late, StartMessages lines) {
        try {
            // Rules are read before any thread is placed, running ones included, and after weaving,
            // which has to precede the loading of task classes.
            if (options.rules() != null) {
                place(options.rules(), lines);
            }
            QueuedTime.measure(options.queued());
            place(options.placement());
            Bounds.set(options.depth(), options.containers());
            Combinations.bound(options.combinations());
            return Corral.activate(late, ClockPolicy.valueOf(options.clock().name()));
        } catch (Throwable failure) {
            return failure.toString();
        }
    }

    private void place(Options.Placement placement) {
        Placement.inherit(placement == Options.Placement.INHERIT);
    }

    private void place(String file, StartMessages lines) {
        try {
            if (rules == null) {
                rules = (RulesSource) loader.make(RULES);
            }
            rules.install(file, entryWeaver);
        } catch (Throwable failure) {
            lines.error(
                    "threads are placed by default, without the rules in " + file + ": " + failure);
        }
    }

    /** Called once the hooks are active, since it starts a thread. */
    void followRules() {
        if (rules != null) {
            rules.follow();
        }
    }

    void observe(StartMessages lines) {
        if (options.jfr()) {
            register(lines);
        }
    }

    /** Called at the end of each start: later lines are printed on standard error only. */
    void startIsOver() {
        Log.copyTo(null);
    }

    private void register(StartMessages lines) {
        try {
            if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
                Corral.observe((Recorder) loader.make(EVENTS), periodMillis);
                isObserved = true;
            }
        } catch (Throwable failure) {
            lines.error("no events in flight recordings: " + failure);
        }
    }

    /**
     * Called if the agent is loaded again: applies its options. A line names each option that
     * cannot be changed.
     */
    void change(Options wanted, StartMessages lines) {
        Log.copyTo(lines.all());
        try {
            for (OptionKey option : wanted.given()) {
                change(option, wanted, lines);
            }
        } finally {
            Log.copyTo(null);
        }
        if (rules != null) {
            for (String unused : rules.unused()) {
                lines.info(unused);
            }
        }
        lines.info("already active on JDK " + System.getProperty("java.version") + ", clock "
                + nameOf(options.clock()) + ", events " + (isObserved ? "on" : "off"));
    }

    /** Says which rule placed a thread: one line for each thread with this ID or name. */
    List<String> why(String thread) {
        return PlacementExplanation.lines(thread);
    }

    /** One line for each mistake in the rules file, and for each rule that has matched nothing. */
    List<String> unmatchedRules() {
        List<ThreadRules.Unmatched> all = Placement.unmatchedRules();
        List<String> lines = new ArrayList<>(rules == null ? List.of() : rules.faults());
        if (all == null) {
            lines.add("no rules are in force");
            return lines;
        }
        for (ThreadRules.Unmatched each : all) {
            lines.add(each.rule() + ": " + each.reason());
        }
        if (lines.isEmpty()) {
            lines.add("all rules have matched");
        }
        return lines;
    }

    private void change(OptionKey option, Options wanted, StartMessages lines) {
        switch (option) {
            case LOG -> {
                log = wanted.log();
                Log.level(Log.Level.valueOf(log.name()));
            }
            case RULES -> changeRules(wanted.rules(), lines);
            case PLACEMENT -> place(wanted.placement());
            case DEPTH -> Bounds.set(wanted.depth(), Bounds.containers());
            case CONTAINERS -> Bounds.set(Bounds.depth(), wanted.containers());
            case COMBINATIONS -> Combinations.bound(wanted.combinations());
            case HANDOVER -> changeHandOver(wanted.handover(), lines);
            case QUEUED -> {
                if (wanted.queued() != options.queued()) {
                    lines.error("option queued stays " + (options.queued() ? "on" : "off")
                            + ": the JDK's classes were woven for that; restart the JVM"
                            + " to change it");
                }
            }
            case METRICS -> MetricsStart.now(wanted, lines);
            case PERIOD -> {
                periodMillis = wanted.periodMillis();
                Corral.period(periodMillis);
                lines.info("option period is in force for recordings that start from now on");
            }
            case JFR -> changeEvents(wanted, lines);
            case CLOCK -> {
                if (wanted.clock() != options.clock()) {
                    lines.error("option clock stays " + nameOf(options.clock())
                            + ": running threads keep their clock; restart the JVM to change it");
                }
            }
            case ENABLED, TRAINING -> {
                if (!wanted.enabled() || wanted.training()) {
                    lines.error("option " + option.key()
                            + " takes effect at a JVM's start only: woven code stays");
                }
            }
            // The file of the option config was read with the other options, and the option series
            // belongs to the exporters.
            case CONFIG, SERIES -> {}
        }
    }

    private void changeRules(@Nullable String file, StartMessages lines) {
        if (file != null) {
            place(file, lines);
            followRules();
        } else if (rules != null) {
            rules.uninstall();
            lines.info("no rules are in force");
        }
    }

    private void changeHandOver(boolean wanted, StartMessages lines) {
        if (wanted && !options.handover()) {
            lines.error(
                    "option handover stays off: the JDK's classes are woven for it as they are loaded; start the JVM"
                            + " with it");
        } else {
            HandOver.switchTo(wanted);
        }
    }

    private void changeEvents(Options wanted, StartMessages lines) {
        if (wanted.jfr() && !isObserved) {
            if (wanted.given().contains(OptionKey.PERIOD)) {
                periodMillis = wanted.periodMillis();
            }
            register(lines);
        } else if (!wanted.jfr() && isObserved) {
            lines.error(
                    "option jfr stays on: registered events stay; switch them off in the recording");
        }
    }

    private static String nameOf(Options.Clock clock) {
        return clock.name().toLowerCase(Locale.ROOT);
    }
}
