package io.corral.rules.limits;

import io.corral.Limits;
import io.corral.runtime.control.LimitNames;
import io.corral.runtime.control.LimitSettings;
import io.corral.runtime.control.LimitSettings.Fair;

import java.util.ArrayList;
import java.util.List;

/**
 * One control that is set for a container, as text.
 *
 * @param text the control with its value and its wait, as a {@code limit} line says it
 * @param mode {@code enforce} or {@code monitor}; empty for a weight
 * @param origin the line of the file; or the word for code, or for the command
 */
public record LimitText(String control, String text, String mode, String origin) {

    private static final String MONITOR = "monitor";
    private static final String ENFORCE = "enforce";

    /** The controls that are set, in the order of the pages. */
    public static List<LimitText> of(LimitSettings settings) {
        List<LimitText> all = new ArrayList<>();
        LimitSettings.Fair fair = settings.fair();
        if (fair != null) {
            String off = fair.isLifted() ? " off" : "";
            String wait = fair.isLifted() ? "" : waiting(fair.waitNanos(), Fair.DEFAULT_WAIT_NANOS);
            all.add(of(LimitNames.FAIR, off + wait, fair.mode(), fair.origin()));
        }
        LimitSettings.Weight weight = settings.weight();
        if (weight != null) {
            String text = LimitNames.WEIGHT + " " + weight.weight();
            all.add(new LimitText(LimitNames.WEIGHT, text, "", weight.origin()));
        }
        LimitSettings.CpuMax cpu = settings.cpuMax();
        if (cpu != null) {
            String value = " " + LimitValues.cpu(cpu) + waiting(cpu.waitNanos(), 0);
            all.add(of(LimitNames.CPU_MAX, value, cpu.mode(), cpu.origin()));
        }
        LimitSettings.RequestsMax requests = settings.requestsMax();
        if (requests != null) {
            String value =
                    " " + LimitValues.count(requests.max()) + waiting(requests.waitNanos(), 0);
            all.add(of(LimitNames.REQUESTS_MAX, value, requests.mode(), requests.origin()));
        }
        LimitSettings.ThreadsMax threads = settings.threadsMax();
        if (threads != null) {
            String value = " " + LimitValues.count(threads.max());
            all.add(of(LimitNames.THREADS_MAX, value, threads.mode(), threads.origin()));
        }
        return all;
    }

    private static LimitText of(String control, String value, Limits.Mode mode, String origin) {
        return new LimitText(
                control, control + value, mode == Limits.Mode.MONITOR ? MONITOR : ENFORCE, origin);
    }

    private static String waiting(long nanos, long usual) {
        return nanos == usual ? "" : " " + LimitControlsParser.WAIT + " " + LimitValues.time(nanos);
    }
}
