package io.corral.field.agents;

import com.sun.tools.attach.VirtualMachine;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Submits tasks in all ways, together with another agent, and enters containers by rules. The
 * arguments are the class of the other agent's context, or {@code none}, and {@code bare} to run
 * without Corral, or {@code loaded}, or the jar of Corral to attach it, and then its options.
 */
public final class SubmissionsProgram {

    private SubmissionsProgram() {}

    public static void main(String[] arguments) throws Exception {
        TracingContext context = TracingContext.of(arguments[0]);
        String corral = arguments[1];
        SubmissionTasks.Completer.start();
        if (corral.equals("bare")) {
            SubmissionsRun.withoutCorral(context, new Submissions());
        } else if (corral.equals("loaded")) {
            run(context, null, new RuleEntries());
        } else {
            Submissions before = new Submissions();
            RuleEntries entries = new RuleEntries();
            for (RuleEntries.Entry each : entries.byContainer().values()) {
                each.run("", () -> {});
            }
            SubmissionsRun.withoutCorral(context, before);
            VirtualMachine self =
                    VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            self.loadAgent(corral, arguments[2]);
            self.detach();
            run(context, before, entries);
        }
        System.out.println("end");
        System.exit(0);
    }

    private static void run(
            TracingContext context, @Nullable Submissions before, RuleEntries entries)
            throws Exception {
        Map<String, Submissions> all = new TreeMap<>();
        all.put("", new Submissions());
        if (before != null) {
            all.put("before the attach: ", before);
        }
        SubmissionsRun.withCorral(context, all, entries);
    }
}
