package io.corral.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which services are compared.
 *
 * <p>While it records, Corral has the empty agent as its base that records the same but for Corral's
 * events. What both cost over the empty agent that does not record stands beside it.
 *
 * @param eachTime in each launch
 * @param all in each second launch: most have no budget
 */
record Comparisons(List<Comparison> eachTime, List<Comparison> all) {

    private static final double LIMIT = 1.01;
    private static final double LIMIT_RECORDED = 1.03;

    static Comparisons of(ServiceEffort effort, Setups setups) throws IOException {
        Comparisons filtered = filtered(effort, setups);
        return effort.byRules()
                ? new Comparisons(byRules(filtered.eachTime, setups), byRules(filtered.all, setups))
                : filtered;
    }

    private static List<Comparison> byRules(List<Comparison> filtered, Setups setups) {
        return filtered.stream().map(each -> each.of(setups::byRules)).toList();
    }

    private static Comparisons filtered(ServiceEffort effort, Setups setups) throws IOException {
        if (effort.pairing().isWithItself()) {
            List<Comparison> switched = switched(effort, setups);
            return new Comparisons(switched, switched);
        }
        List<Comparison> budgeted = budgeted(effort, setups);
        List<Comparison> all = new ArrayList<>(budgeted);
        // Together they are there; in pairs each takes JVMs of its own.
        if (effort.shown() || effort.pairing() == Pairing.NONE) {
            all.addAll(ofRecording(effort, setups));
        }
        if (effort.shown()) {
            all.addAll(shown(effort, setups));
        }
        return new Comparisons(budgeted, all);
    }

    /** In the launch with this number, from 0 on. */
    List<Comparison> in(int launch) {
        return launch % 2 == 0 ? all : eachTime;
    }

    /**
     * Corral with itself, while its hooks and events are switched off. That is the base which the budget means where the hooks are
     * taken out as well.
     */
    private static List<Comparison> switched(ServiceEffort effort, Setups setups) {
        return corral(effort, setups).stream()
                .map(corral -> effort.pairing() == Pairing.UNWOVEN
                        ? new Comparison(
                                limit(corral), setups.woven(corral), setups.unwoven(corral))
                        : new Comparison(
                                null, setups.switchedOn(corral), setups.switchedOff(corral)))
                .toList();
    }

    private static List<Comparison> budgeted(ServiceEffort effort, Setups setups) {
        Setup empty = setups.empty();
        return corral(effort, setups).stream()
                .map(corral -> new Comparison(
                        limit(corral), corral, corral.isRecorded() ? empty.recorded() : empty))
                .toList();
    }

    private static double limit(Setup corral) {
        return corral.isRecorded() ? LIMIT_RECORDED : LIMIT;
    }

    /** With each clock, of those that record and those that don't what is asked for. */
    private static List<Setup> corral(ServiceEffort effort, Setups setups) {
        List<Setup> asked = new ArrayList<>();
        for (Setup corral : setups.corral()) {
            if (effort.recorded()) {
                asked.add(setups.recorded(corral));
            }
            if (effort.plain()) {
                asked.add(corral);
            }
        }
        return asked;
    }

    /** What recording costs, with Corral and without. */
    private static List<Comparison> ofRecording(ServiceEffort effort, Setups setups) {
        List<Comparison> ofRecording = new ArrayList<>();
        if (effort.plain() && effort.recorded()) {
            Setup empty = setups.empty();
            for (Setup corral : setups.corral()) {
                ofRecording.add(new Comparison(null, setups.recorded(corral), empty));
            }
            ofRecording.add(new Comparison(null, empty.recorded(), empty));
        }
        return ofRecording;
    }

    private static List<Comparison> shown(ServiceEffort effort, Setups setups) throws IOException {
        Setup empty = setups.empty();
        Setup bare = setups.bare();
        List<Comparison> shown = new ArrayList<>();
        if (effort.plain()) {
            for (Setup setup : List.of(setups.twinOfEmpty(), bare, setups.openTelemetry())) {
                shown.add(new Comparison(null, setup, empty));
            }
        }
        if (effort.recorded()) {
            shown.add(new Comparison(null, bare.recorded(), empty.recorded()));
        }
        return shown;
    }
}
