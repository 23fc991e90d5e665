package io.corral.commands;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the thread dumps of the JDK's tools. */
final class ThreadDump {

    /**
     * A thread in the format of {@code Thread.print}. Java threads have a number in it; the JVM's
     * native threads do not.
     */
    private static final Pattern THREAD = Pattern.compile("\"(.*)\" #\\d+.*");

    /** A thread in the format of {@code Thread.dump_to_file}, which includes virtual threads. */
    private static final Pattern NUMBERED =
            Pattern.compile("#\\d+ \"(.*)\"( virtual)?(?: [A-Z_]+ \\S+)?");

    /**
     * A mounted virtual thread in the format of {@code Thread.print}, below its carrier. From JDK
     * 24 on the carrier's methods come first and those of its virtual thread follow.
     */
    private static final Pattern CARRIER =
            Pattern.compile("\\s+(?:Carrying|Mounted) virtual thread #\\d+");

    private static final Pattern METHOD = Pattern.compile("\\s+(?:at )?(?:.*/)?([^/( ]+)\\(.*\\)");

    private ThreadDump() {}

    /** The threads of a dump in text or JSON. The list is empty if this is not a thread dump. */
    static List<DumpedThread> threads(String dump) {
        return dump.stripLeading().startsWith("{") ? ofJson(dump) : ofText(dump);
    }

    private static List<DumpedThread> ofText(String dump) {
        List<DumpedThread> threads = new ArrayList<>();
        String name = null;
        boolean isVirtual = false;
        boolean isCarrier = false;
        boolean isMethodOfVirtual = false;
        List<String> methods = new ArrayList<>();
        for (String line : dump.split("\r?\n", -1)) {
            Matcher numbered = NUMBERED.matcher(line);
            Matcher method = METHOD.matcher(line);
            boolean isNumbered = numbered.matches();
            if (isNumbered || line.startsWith("\"")) {
                add(name, isVirtual, isCarrier, methods, threads);
                Matcher thread = isNumbered ? numbered : THREAD.matcher(line);
                name = isNumbered || thread.matches() ? thread.group(1) : null;
                isVirtual = isNumbered && numbered.group(2) != null;
                isCarrier = false;
                isMethodOfVirtual = false;
                methods = new ArrayList<>();
            } else if (CARRIER.matcher(line).matches()) {
                isCarrier = true;
                isMethodOfVirtual = !methods.isEmpty();
            } else if (!isMethodOfVirtual && method.matches()) {
                methods.add(method.group(1));
            }
        }
        add(name, isVirtual, isCarrier, methods, threads);
        return threads;
    }

    private static void add(
            @Nullable String name,
            boolean isVirtual,
            boolean isCarrier,
            List<String> methods,
            List<DumpedThread> threads) {
        if (name != null) {
            threads.add(new DumpedThread(name, isVirtual, isCarrier, methods));
        }
    }

    private static List<DumpedThread> ofJson(String dump) {
        List<DumpedThread> threads = new ArrayList<>();
        try {
            Map<String, Object> root = JSON.std.mapFrom(dump);
            for (Object container : list(map(root.get("threadDump")).get("threadContainers"))) {
                for (Object thread : list(map(container).get("threads"))) {
                    threads.add(thread(map(thread)));
                }
            }
        } catch (IOException notJson) {
            return List.of();
        }
        return threads;
    }

    private static DumpedThread thread(Map<?, ?> thread) {
        List<String> methods = new ArrayList<>();
        for (Object frame : list(thread.get("stack"))) {
            String text = String.valueOf(frame);
            int end = text.indexOf('(');
            String method = end < 0 ? text : text.substring(0, end);
            methods.add(method.substring(method.lastIndexOf('/') + 1));
        }
        // JDK 21 has no such field.
        boolean isVirtual = Boolean.TRUE.equals(thread.get("virtual"))
                || methods.contains("java.lang.VirtualThread.run");
        return new DumpedThread(String.valueOf(thread.get("name")), isVirtual, false, methods);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
