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
public final class WaysProgram {

    private WaysProgram() {}

    public static void main(String[] arguments) throws Exception {
        TracingContext context = TracingContext.of(arguments[0]);
        String corral = arguments[1];
        WayTasks.Completer.start();
        if (corral.equals("bare")) {
            WaysRun.withoutCorral(context, new Ways());
        } else if (corral.equals("loaded")) {
            run(context, null, new Entries());
        } else {
            Ways before = new Ways();
            Entries entries = new Entries();
            for (Entries.Entry each : entries.byContainer().values()) {
                each.run("", () -> {});
            }
            WaysRun.withoutCorral(context, before);
            VirtualMachine self =
                    VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            self.loadAgent(corral, arguments[2]);
            self.detach();
            run(context, before, entries);
        }
        System.out.println("end");
        System.exit(0);
    }

    private static void run(TracingContext context, @Nullable Ways before, Entries entries)
            throws Exception {
        Map<String, Ways> all = new TreeMap<>();
        all.put("", new Ways());
        if (before != null) {
            all.put("before the attach: ", before);
        }
        WaysRun.withCorral(context, all, entries);
    }
}
