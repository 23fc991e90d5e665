package io.corral.report.recording;

import io.corral.report.samples.StackTable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/** Puts the stacks of events into the table of stacks. */
final class Stacks {

    /** The suffix of a hidden class's name, and the numbers of lambdas. */
    private static final Pattern NUMBER =
            Pattern.compile("([/.+][0-9]\\w*)+$|(?<=\\$\\$Lambda)\\$\\d+");

    private static final int MAX_METHODS = 200_000;

    private final StackTable table;
    private final IdentityHashMap<RecordedMethod, Integer> frames = new IdentityHashMap<>();

    Stacks(StackTable table) {
        this.table = table;
    }

    /** The node of the event's stack. */
    int add(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        if (stack == null || stack.getFrames().isEmpty()) {
            return table.child(StackTable.ROOT, table.frame("(no stack)"));
        }
        List<RecordedFrame> calls = stack.getFrames();
        int node = stack.isTruncated()
                ? table.child(StackTable.ROOT, table.frame("(truncated)"))
                : StackTable.ROOT;
        for (int i = calls.size() - 1; i >= 0; i--) {
            node = table.child(node, frame(calls.get(i).getMethod()));
        }
        return node;
    }

    private int frame(@Nullable RecordedMethod method) {
        if (method == null) {
            return table.frame("(unknown)");
        }
        Integer known = frames.get(method);
        if (known != null) {
            return known;
        }
        if (frames.size() > MAX_METHODS) {
            frames.clear();
        }
        int added = table.frame(name(method));
        frames.put(method, added);
        return added;
    }

    private static String name(RecordedMethod method) {
        String type = method.getType() == null ? "(unknown)" : method.getType().getName();
        return withoutNumbers(type) + "." + method.getName();
    }

    /** The name of a class without the numbers of a hidden one, which differ from run to run. */
    static String withoutNumbers(String type) {
        return NUMBER.matcher(type).replaceAll("");
    }
}
