package io.corral.rules.file;

import io.corral.rules.handover.ItemRule;
import io.corral.rules.methods.EntryRule;
import io.corral.rules.methods.EntryRuleSet;
import io.corral.runtime.hook.EntryHook;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.EntryWeaver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts rules for methods into force, has methods woven, and reports at the end which rules for
 * methods and executors are unused.
 */
final class EntryRuleInstaller {

    private final EntryWeaver weaver;

    /** Null until there is the first rule. */
    private volatile @Nullable EntryRuleSet inForce;

    private volatile List<ItemRule> items = List.of();

    private boolean reportsAtExit;

    /** Whether rules are being put into force. */
    private volatile boolean changing;

    EntryRuleInstaller(EntryWeaver weaver) {
        this.weaver = weaver;
    }

    /**
     * Puts rules into force. Slow, the first time above all: a library is loaded and classes are
     * woven.
     *
     * @param items rules for executors, which are in force already
     * @return whether the rules hold; a failure is logged
     */
    boolean replace(List<EntryRule> rules, List<ItemRule> items) {
        this.items = items;
        if (!rules.isEmpty() || !items.isEmpty()) {
            reportUnusedAtExit();
        }
        EntryRuleSet entries = inForce;
        if (entries == null) {
            if (rules.isEmpty()) {
                return true;
            }
            entries = new EntryRuleSet();
            inForce = entries;
            EntryHook.rules(entries);
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
                // There is no rule: the woven methods do nothing.
                return true;
            }
            entries.markWeavingFailed();
            Log.error("rules for methods may not be in force: " + failure);
            return false;
        } finally {
            entries.releaseUnmatched();
        }
    }

    private void reportUnusedAtExit() {
        if (reportsAtExit) {
            return;
        }
        reportsAtExit = true;
        try {
            Runtime.getRuntime().addShutdownHook(new CorralThread("corral-unused", new Runnable() {
                @Override
                public void run() {
                    // While rules are being put into force, some of them may not be woven yet.
                    for (String unused : changing ? List.<String>of() : unused()) {
                        Log.error(unused);
                    }
                }
            }));
        } catch (IllegalStateException ending) {
            // The JVM is ending already.
        } catch (RuntimeException refused) {
            HookFailures.PLACEMENT.report(refused);
        }
    }

    /** One line for each rule that has matched no method or class so far. */
    List<String> unused() {
        EntryRuleSet entries = inForce;
        List<String> unused =
                entries == null ? new ArrayList<>() : new ArrayList<>(entries.unused());
        for (ItemRule item : items) {
            String message = item.unusedMessage();
            if (message != null) {
                unused.add(message);
            }
        }
        return unused;
    }
}
