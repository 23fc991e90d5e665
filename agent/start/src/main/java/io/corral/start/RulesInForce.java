package io.corral.start;

import io.corral.launcher.AgentLoader;
import io.corral.runtime.membership.IdleContainers;
import io.corral.runtime.placement.EntryWeaver;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.placement.RulesSource;
import io.corral.runtime.placement.ThreadRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The user's rules. Their classes are loaded with the first file. */
final class RulesInForce {

    private static final String RULES = "io.corral.rules.file.RulesFile";

    private final AgentLoader loader;
    private final EntryWeaver entryWeaver;

    /** Null until the first file is installed. */
    private @Nullable RulesSource source;

    RulesInForce(AgentLoader loader, EntryWeaver entryWeaver) {
        this.loader = loader;
        this.entryWeaver = entryWeaver;
    }

    void install(String file, StartMessages lines) {
        try {
            if (source == null) {
                source = (RulesSource) loader.newInstance(RULES);
            }
            source.install(file, entryWeaver);
        } catch (Throwable failure) {
            lines.error(
                    "threads are placed by default, without the rules in " + file + ": " + failure);
        }
    }

    /** Called once the hooks are active, since it starts a thread. */
    void follow() {
        if (source != null) {
            source.follow();
        }
    }

    /** @return false if no file was ever installed */
    boolean uninstall() {
        if (source == null) {
            return false;
        }
        source.uninstall();
        return true;
    }

    /** One line for each rule for methods that has matched no method so far. */
    List<String> unused() {
        return source == null ? List.of() : source.unused();
    }

    /** One line for each error in the file, and for each rule that has matched nothing. */
    List<String> unmatched() {
        List<ThreadRules.Unmatched> all = Placement.unmatchedRules();
        List<String> lines = new ArrayList<>(source == null ? List.of() : source.faults());
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
        long gaveWay = IdleContainers.removed();
        if (gaveWay > 0) {
            lines.add(gaveWay + " idle containers have given way or expired so far");
        }
        return lines;
    }
}
