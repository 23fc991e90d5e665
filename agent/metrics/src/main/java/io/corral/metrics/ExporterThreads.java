package io.corral.metrics;

import io.corral.runtime.notice.CorralThread;
import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Creates the threads of exporters. OpenTelemetry's agent creates no spans for their requests. */
final class ExporterThreads {

    /**
     * The class by which OpenTelemetry's own exporters suppress spans. It is in the boot loader if
     * OpenTelemetry's agent is active. The name is not written out here, since the packager would
     * relocate it.
     */
    private static final String SUPPRESSION =
            "IO.opentelemetry.javaagent.shaded.IO.opentelemetry.api.impl.InstrumentationUtil"
                    .replace("IO", "io");

    private ExporterThreads() {}

    static ThreadFactory named(String name) {
        return task -> CorralThread.ofExporter(name, () -> withoutSpans(task));
    }

    private static void withoutSpans(Runnable task) {
        Method suppress = suppression();
        if (suppress == null) {
            task.run();
            return;
        }
        try {
            suppress.invoke(null, task);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }

    private static @Nullable Method suppression() {
        try {
            return Class.forName(SUPPRESSION, true, null)
                    .getMethod("suppressInstrumentation", Runnable.class);
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }
}
