package io.corral.runtime.control;

import java.util.List;

/** The names of the controls in the rules file, in messages and in events. */
public final class LimitNames {

    public static final String REQUESTS_MAX = "requests.max";
    public static final String FAIR = "fair";
    public static final String WEIGHT = "weight";
    public static final String CPU_MAX = "cpu.max";
    public static final String THREADS_MAX = "threads.max";

    /** All of them, in the order of the pages. */
    public static final List<String> ALL =
            List.of(FAIR, WEIGHT, CPU_MAX, REQUESTS_MAX, THREADS_MAX);

    private LimitNames() {}
}
