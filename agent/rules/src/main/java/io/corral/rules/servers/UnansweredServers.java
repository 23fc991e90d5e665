package io.corral.rules.servers;

import io.corral.runtime.notice.Log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reports each server once whose requests a limit can't refuse. */
public final class UnansweredServers {

    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    private UnansweredServers() {}

    /** @param why the cause, for a person */
    public static void report(String server, String why) {
        if (REPORTED.add(server)) {
            Log.error("limits only count the requests of " + server
                    + " that exceed them, since Corral can't answer there: " + why);
        }
    }
}
