package io.corral.rules.file;

import io.corral.runtime.notice.Log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Captures what is logged, in place of printing it. */
public final class LoggedLines {

    private LoggedLines() {}

    public static List<String> during(Runnable action) {
        List<String> logged = new CopyOnWriteArrayList<>();
        Log.Level before = Log.level(Log.Level.OFF);
        Log.copyTo(logged);
        try {
            action.run();
        } finally {
            Log.copyTo(null);
            Log.level(before);
        }
        return logged;
    }
}
