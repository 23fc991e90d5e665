package io.corral.field.agents;

import com.sun.tools.attach.VirtualMachine;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Submits tasks in all ways beside another agent. The arguments are the class of the other agent's
 * context, or {@code none}, and the jar of Corral if that is to be attached, or {@code bare} to run
 * without Corral.
 */
public final class WaysProgram {

    private WaysProgram() {}

    public static void main(String[] arguments) throws Exception {
        TracingContext context = TracingContext.of(arguments[0]);
        String corral = arguments[1];
        WayTasks.Completer.start();
        if (corral.equals("bare")) {
            WaysRun.withoutCorral(context, new Ways());
        } else if (corral.isEmpty()) {
            run(context, null);
        } else {
            Ways before = new Ways();
            WaysRun.withoutCorral(context, before);
            VirtualMachine self =
                    VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            self.loadAgent(corral);
            self.detach();
            run(context, before);
        }
        System.out.println("end");
        System.exit(0);
    }

    private static void run(TracingContext context, @Nullable Ways before) throws Exception {
        Map<String, Ways> all = new TreeMap<>();
        all.put("", new Ways());
        if (before != null) {
            all.put("before the attach: ", before);
        }
        WaysRun.withCorral(context, all);
    }
}
