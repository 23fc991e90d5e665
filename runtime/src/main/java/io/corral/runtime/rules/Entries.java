package io.corral.runtime.rules;

import io.corral.runtime.hook.EntryHook;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.CorralThread;
import io.corral.runtime.placement.EntryWeaver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for methods: has them woven, again when they change, and says at the end which took nothing. */
final class Entries {

    private final EntryWeaver weaver;

    /** Null until there is a rule. */
    private volatile @Nullable EntryRuleSet inForce;

    /** While rules are put into force. */
    private volatile boolean changing;

    Entries(EntryWeaver weaver) {
        this.weaver = weaver;
    }

    /**
     * Puts rules into force. Takes a while, the first time above all: a library is loaded, and classes are woven.
     *
     * @return whether they hold; what failed is said
     */
    boolean replace(List<EntryRule> rules) {
        EntryRuleSet entries = inForce;
        if (entries == null) {
            if (rules.isEmpty()) {
                return true;
            }
            entries = new EntryRuleSet();
            inForce = entries;
            EntryHook.rules(entries);
            sayUnusedAtTheEnd();
        }
        changing = true;
        try {
            return !entries.replace(rules) || weave(entries);
        } finally {
            changing = false;
        }
    }

    private boolean weave(EntryRuleSet entries) {
        try {
            weaver.weave(entries);
            return true;
        } catch (Throwable failure) {
            if (entries.isEmpty()) {
                // What was woven does nothing any more.
                return true;
            }
            entries.weavingFailed();
            Log.error("rules for methods may not hold: " + failure);
            return false;
        } finally {
            entries.release();
        }
    }

    private void sayUnusedAtTheEnd() {
        try {
            Runtime.getRuntime().addShutdownHook(new CorralThread("corral-unused", new Runnable() {
                @Override
                public void run() {
                    // Who is not woven yet has had no time to be used.
                    for (String unused : changing ? List.<String>of() : unused()) {
                        Log.error(unused);
                    }
                }
            }));
        } catch (IllegalStateException ending) {
            // Then they have had no time to be used.
        } catch (RuntimeException refused) {
            HookFailures.PLACEMENT.report(refused);
        }
    }

    /** What is to be said of rules that have taken no method so far. */
    List<String> unused() {
        EntryRuleSet entries = inForce;
        return entries == null ? List.of() : entries.unused();
    }
}
