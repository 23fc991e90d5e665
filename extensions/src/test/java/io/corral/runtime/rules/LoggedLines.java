package io.corral.runtime.rules;

import io.corral.runtime.notice.Log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Captures what is logged, in place of printing it. */
final class LoggedLines {

    private LoggedLines() {}

    static List<String> during(Runnable action) {
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
