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
import java.nio.charset.StandardCharsets;
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

    /** Between two looks at who is held up in what a rule calls. */
    private static final int LOOKS_A_SECOND = 4;

    private static final int MOST_BYTES = 1 << 20;

    private volatile File file = new File("");
    private long modified;
    private long length;
    private boolean isGone;

    private volatile @Nullable Entries entries;

    /** Its loader makes one. */
    public RulesFile() {}

    @Override
    public void install(String path, EntryWeaver entryWeaver) {
        entries = new Entries(entryWeaver);
        file = new File(path);
        look();
        read("placed by default");
        try {
            new CorralThread("corral-rules", this).start();
        } catch (Throwable failure) {
            Log.error("changes of the rules in " + file + " will not be seen: " + failure);
        }
    }

    /**
     * On a thread of its own. Interrupts are for nobody here. What has changed is read once it has not changed for the time
     * between two looks: who writes it may be in the middle of that.
     */
    @Override
    public void run() {
        boolean changed = false;
        for (int looks = 1; true; looks++) {
            LockSupport.parkNanos(LOOK_NANOS);
            Thread.interrupted();
            try {
                Entries methods = entries;
                if (methods != null && looks % LOOKS_A_SECOND == 0) {
                    methods.look();
                }
                boolean changes = look();
                if ((changed && !changes) || isGone) {
                    read("the rules stay as they were");
                }
                changed = changes;
            } catch (Throwable failure) {
                HookFailures.PLACEMENT.report(failure);
            }
        }
    }

    /** @return whether there is another version than before */
    private boolean look() {
        long modifiedNow = file.lastModified();
        long lengthNow = file.length();
        if (modifiedNow == modified && lengthNow == length) {
            return false;
        }
        modified = modifiedNow;
        length = lengthNow;
        return true;
    }

    private void read(String otherwise) {
        String text;
        try (InputStream in = new FileInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            text = new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            if (!isGone) {
                isGone = true;
                Log.error("can't read the rules in " + file + ": " + unreadable.getMessage() + "; "
                        + otherwise);
            }
            return;
        }
        isGone = false;
        RulesParser.Parsed parsed = RulesParser.parse(file.getPath(), text);
        for (Problem problem : parsed.problems()) {
            Log.error(problem.in(file.getPath()));
        }
        if (parsed.problems().isEmpty()) {
            Placement.rules(parsed.rules());
            Entries methods = entries;
            if (methods != null) {
                methods.replace(parsed.rules().entries());
            }
            Log.info(parsed.rules().size() + " rules of " + file + " are in force");
        } else {
            Log.error("the rules in " + file + " are not in force: " + otherwise);
        }
    }
}
