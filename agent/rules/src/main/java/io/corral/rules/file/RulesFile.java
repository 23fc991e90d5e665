package io.corral.rules.file;

import io.corral.runtime.control.Control;
import io.corral.runtime.control.LimitSwitch;
import io.corral.runtime.handover.HandOver;
import io.corral.runtime.handover.ItemRules;
import io.corral.runtime.hook.NameHook;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.EntryWeaver;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.placement.RulesSource;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rules of a file into force, and follows its changes. A version with an error changes
 * nothing.
 */
public final class RulesFile implements RulesSource, Runnable {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final String UNCHANGED = "the rules stay as they were";

    /** Null while there is no file. Guarded by this object's monitor, as all fields are. */
    private @Nullable File file;

    /** The version that the last poll found; null while there is no file. */
    private @Nullable FileVersion version;

    /** Whether the last poll has found another version than the previous poll. */
    private boolean changed;

    private boolean isFollowed;

    /** The lines about the last version; empty if it is in force. */
    private List<String> faults = List.of();

    /** Null until the first file is installed. */
    private @Nullable EntryRuleInstaller entries;

    /** Called by the agent through reflection. */
    public RulesFile() {}

    @Override
    public synchronized void install(String path, EntryWeaver weaver) {
        if (entries == null) {
            entries = new EntryRuleInstaller(weaver);
        }
        boolean first = file == null;
        File installed = new File(path);
        FileVersion current = FileVersion.of(installed);
        file = installed;
        version = current;
        changed = false;
        apply(current, installed, first ? "placed by default" : UNCHANGED);
    }

    @Override
    public synchronized void uninstall() {
        file = null;
        faults = List.of();
        Placement.rules(null);
        NameHook.rules(null);
        HandOver.rules(null);
        ItemRules.replace(List.of(), Set.of());
        if (LimitSwitch.isOn()) {
            Control.rules(null);
        }
        if (entries != null) {
            entries.replace(List.of(), List.of());
        }
    }

    @Override
    public synchronized List<String> unused() {
        return entries == null ? List.of() : entries.unused();
    }

    @Override
    public synchronized List<String> faults() {
        return faults;
    }

    @Override
    public synchronized void follow() {
        if (isFollowed) {
            return;
        }
        try {
            new CorralThread("corral-rules", this).start();
            isFollowed = true;
        } catch (Throwable failure) {
            Log.error("changes of the rules in " + file + " will not be seen: " + failure);
        }
    }

    /** Runs on a separate thread, which ignores interrupts. */
    @Override
    public void run() {
        while (true) {
            LockSupport.parkNanos(POLL_NANOS);
            Thread.interrupted();
            try {
                poll();
            } catch (Throwable failure) {
                HookFailures.PLACEMENT.report(failure);
            }
        }
    }

    /**
     * Applies a changed file after two polls have found the same version, since its writer may not
     * have finished before.
     */
    synchronized void poll() {
        File followed = file;
        if (followed != null) {
            FileVersion found = FileVersion.of(followed);
            boolean changes = !found.isSameAs(version);
            version = found;
            if (!changes && changed) {
                apply(found, followed, UNCHANGED);
            }
            changed = changes;
        }
    }

    private void apply(FileVersion version, File file, String otherwise) {
        String text = version.text();
        List<String> found = new ArrayList<>();
        if (text == null) {
            found.add("can't read the rules in " + file.getAbsolutePath() + ": " + version.failure()
                    + "; " + otherwise);
        } else {
            RulesParser.Parsed parsed = RulesParser.parse(file.getPath(), text);
            for (RuleError error : parsed.errors()) {
                found.add(error.in(file.getPath()));
            }
            if (found.isEmpty()) {
                parsed.rules().warnings().forEach(Log::error);
                enforce(parsed.rules(), file);
            } else {
                found.add("the rules in " + file + " are not in force: " + otherwise);
            }
        }
        found.forEach(Log::error);
        faults = found;
    }

    private void enforce(RuleSet rules, File file) {
        Placement.rules(rules);
        rules.enforceOthers();
        boolean methodsHold = entries == null || entries.replace(rules.entries(), rules.items());
        int inForce = rules.size() - (methodsHold ? 0 : rules.entries().size());
        if (methodsHold || inForce > 0) {
            Log.info(inForce + (inForce == 1 ? " rule of " : " rules of ") + file
                    + (inForce == 1 ? " is" : " are") + " in force");
        }
    }
}
