package io.corral.runtime.rules;

import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.placement.CorralThread;
import io.corral.runtime.placement.EntryWeaver;
import io.corral.runtime.placement.Placement;
import io.corral.runtime.placement.RulesSource;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rules of a file into force, and those of its later versions: for threads that start from then on. A version
 * with a fault in it changes nothing. Uses {@code java.io}, since the application may still choose its default file
 * system.
 */
public final class RulesFile implements RulesSource, Runnable {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final String UNCHANGED = "the rules stay as they were";

    /** Null before the first, and once there is none any more. Guarded by this, as the rest is. */
    private @Nullable File file;

    private long modified;
    private long length;
    private boolean isUnreadable;

    /** Whether there was another version at the last look. */
    private boolean changed;

    private boolean isFollowed;

    /** Null before the first file. */
    private @Nullable Entries entries;

    /** Its loader makes one. */
    public RulesFile() {}

    @Override
    public synchronized void install(String path, EntryWeaver weaver) {
        if (entries == null) {
            entries = new Entries(weaver);
        }
        boolean first = file == null;
        file = new File(path);
        isUnreadable = false;
        changed = false;
        look(file);
        read(file, first ? "placed by default" : UNCHANGED);
    }

    @Override
    public synchronized void uninstall() {
        file = null;
        Placement.rules(null);
        if (entries != null) {
            entries.replace(List.of());
        }
    }

    @Override
    public synchronized List<String> unused() {
        return entries == null ? List.of() : entries.unused();
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

    /** On a thread of its own. Interrupts are for nobody here. */
    @Override
    public void run() {
        while (true) {
            LockSupport.parkNanos(LOOK_NANOS);
            Thread.interrupted();
            try {
                lookAgain();
            } catch (Throwable failure) {
                HookFailures.PLACEMENT.report(failure);
            }
        }
    }

    /**
     * What has changed is read once it has not changed for the time between two looks: who writes it may be in the middle
     * of that.
     */
    synchronized void lookAgain() {
        File followed = file;
        if (followed != null) {
            boolean changes = look(followed);
            if (!changes && (changed || isUnreadable)) {
                read(followed, UNCHANGED);
            }
            changed = changes;
        }
    }

    /** @return whether there is another version than before */
    private boolean look(File file) {
        long modifiedNow = file.lastModified();
        long lengthNow = file.length();
        if (modifiedNow == modified && lengthNow == length) {
            return false;
        }
        modified = modifiedNow;
        length = lengthNow;
        return true;
    }

    private void read(File file, String otherwise) {
        String text;
        try (InputStream in = new FileInputStream(file)) {
            text = RulesParser.text(in);
        } catch (IOException unreadable) {
            // Once for each version, and not at each look.
            if (!isUnreadable || changed) {
                isUnreadable = true;
                Log.error("can't read the rules in " + file.getAbsolutePath() + ": "
                        + unreadable.getMessage() + "; " + otherwise);
            }
            return;
        }
        isUnreadable = false;
        RulesParser.Parsed parsed = RulesParser.parse(file.getPath(), text);
        for (Problem problem : parsed.problems()) {
            Log.error(problem.in(file.getPath()));
        }
        if (parsed.problems().isEmpty()) {
            enforce(parsed.rules(), file);
        } else {
            Log.error("the rules in " + file + " are not in force: " + otherwise);
        }
    }

    private void enforce(RuleSet rules, File file) {
        Placement.rules(rules);
        boolean methodsHold = entries == null || entries.replace(rules.entries());
        int inForce = rules.size() - (methodsHold ? 0 : rules.entries().size());
        if (methodsHold || inForce > 0) {
            Log.info(inForce + (inForce == 1 ? " rule of " : " rules of ") + file
                    + (inForce == 1 ? " is" : " are") + " in force");
        }
    }
}
