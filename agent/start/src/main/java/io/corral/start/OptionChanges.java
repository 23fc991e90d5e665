package io.corral.start;

import io.corral.options.OptionKey;
import io.corral.options.Options;
import io.corral.runtime.container.Bounds;
import io.corral.runtime.control.FairThreads;
import io.corral.runtime.handover.HandOver;
import io.corral.runtime.membership.Combinations;
import io.corral.runtime.membership.IdleContainers;
import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.Placement;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Applies the options of an agent that is loaded again. A line names each option that cannot be
 * changed.
 */
final class OptionChanges {

    /** The options of the start. */
    private final Options started;

    private final RulesInForce rules;
    private final FlightEvents events;
    private final StartMessages lines;

    OptionChanges(Options started, RulesInForce rules, FlightEvents events, StartMessages lines) {
        this.started = started;
        this.rules = rules;
        this.events = events;
        this.lines = lines;
    }

    void apply(Options wanted) {
        for (OptionKey option : wanted.given()) {
            apply(option, wanted);
        }
    }

    private void apply(OptionKey option, Options wanted) {
        switch (option) {
            case LOG -> Log.level(Log.Level.valueOf(wanted.log().name()));
            case RULES -> changeRules(wanted.rules());
            case PLACEMENT ->
                Placement.inheritAlways(wanted.placement() == Options.Placement.INHERIT);
            case DEPTH -> Bounds.set(wanted.depth(), Bounds.containers());
            case CONTAINERS -> Bounds.set(Bounds.depth(), wanted.containers());
            case PLACES, IDLE, EXPIRE -> {
                places(wanted);
                IdleContainers.optionsChanged();
            }
            case COMBINATIONS -> Combinations.bound(wanted.combinations());
            case CARRIERS -> FairThreads.maxCarriers(wanted.carriers());
            case HANDOVER -> changeHandOver(wanted.handover());
            case QUEUED -> {
                if (wanted.queued() != started.queued()) {
                    lines.error("option queued stays " + (started.queued() ? "on" : "off")
                            + ": the JDK's classes were woven for that; restart the JVM"
                            + " to change it");
                }
            }
            case METRICS -> MetricsStart.now(wanted, lines);
            case PERIOD -> {
                events.period(wanted.periodMillis());
                lines.info("option period is in force for recordings that start from now on");
            }
            case JFR -> changeEvents(wanted);
            case CLOCK -> {
                if (wanted.clock() != started.clock()) {
                    lines.error(
                            "option clock stays " + started.clock().name().toLowerCase(Locale.ROOT)
                                    + ": running threads keep their clock; restart the JVM to"
                                    + " change it");
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

    /** Sets the bound of the containers that placeholders make, and when these give way. */
    static void places(Options options) {
        Bounds.places(options.places());
        long expireMillis = options.expireMillis();
        Bounds.idle(
                TimeUnit.MILLISECONDS.toNanos(options.idleMillis()),
                expireMillis == Long.MAX_VALUE
                        ? Bounds.NEVER
                        : TimeUnit.MILLISECONDS.toNanos(expireMillis));
    }

    private void changeRules(@Nullable String file) {
        if (file != null) {
            rules.install(file, lines);
            rules.follow();
        } else if (rules.uninstall()) {
            lines.info("no rules are in force");
        }
    }

    private void changeHandOver(boolean wanted) {
        if (wanted && !started.handover()) {
            lines.error("option handover stays off: the JDK's classes are woven for it as they are"
                    + " loaded; start the JVM with it");
        } else {
            HandOver.switchTo(wanted);
        }
    }

    private void changeEvents(Options wanted) {
        if (wanted.jfr() && !events.isRegistered()) {
            if (wanted.given().contains(OptionKey.PERIOD)) {
                events.period(wanted.periodMillis());
            }
            events.register(lines);
        } else if (!wanted.jfr() && events.isRegistered()) {
            lines.error("option jfr stays on: registered events stay; switch them off in the"
                    + " recording");
        }
    }
}
