package io.corral.micrometer;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.Usage;
import io.corral.spans.SpanUsage;
import io.corral.spans.ThreadReadings;
import io.corral.spans.ThreadSpan;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;

import org.jspecify.annotations.Nullable;

/**
 * Adds to each observation the container that it worked for, and what its thread used from its
 * start to its stop, as key values of high cardinality. A bridge for tracing puts these on the
 * span; meters do not have them. Without the agent nothing is added.
 *
 * <pre>{@code
 * CorralObservations observations = new CorralObservations();
 * registry.observationConfig()
 *         .observationHandler(observations)
 *         .observationFilter(observations);
 * }</pre>
 *
 * <p>Create one, since each one is told of all containers that threads enter.
 */
public final class CorralObservations
        implements ObservationHandler<Observation.Context>, ObservationFilter {

    /** Null without the agent. */
    private final @Nullable ThreadReadings readings;

    public CorralObservations() {
        boolean isActive = CorralMetrics.isActive();
        readings = isActive ? new ThreadReadings() : null;
        if (isActive) {
            EnteredContainers.follow();
        }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return readings != null;
    }

    @Override
    public void onStart(Observation.Context context) {
        if (readings != null) {
            ObservationView parent = context.getParentObservation();
            ThreadSpan around =
                    parent == null ? null : parent.getContextView().get(ThreadSpan.class);
            ThreadSpan started = new ThreadSpan(around, readings);
            context.put(ThreadSpan.class, started);
            started.begin();
        }
    }

    /** Called when the observation stops, before its handlers. */
    @Override
    public Observation.Context map(Observation.Context context) {
        if (readings == null) {
            return context;
        }
        ThreadSpan span = context.get(ThreadSpan.class);
        if (span != null) {
            context.remove(ThreadSpan.class);
            add(context, span.end());
        }
        return context;
    }

    private static void add(Observation.Context context, SpanUsage usage) {
        add(context, SpanUsage.CONTAINER, usage.container());
        if (Usage.isKnown(usage.cpuNanos())) {
            add(context, SpanUsage.CPU_TIME, Double.toString(usage.cpuNanos() / 1e9));
        }
        if (Usage.isKnown(usage.allocatedBytes())) {
            add(context, SpanUsage.ALLOCATED, Long.toString(usage.allocatedBytes()));
        }
        if (usage.whyUnknown() != null) {
            add(context, SpanUsage.UNKNOWN, usage.whyUnknown());
        }
    }

    private static void add(Observation.Context context, String name, String value) {
        context.addHighCardinalityKeyValue(KeyValue.of(name, value));
    }

    /**
     * Notes on the calling thread's observations the containers that it enters and leaves. Loaded
     * only with the agent, which brings its interface.
     */
    private static final class EnteredContainers implements Subsystem {

        /** The current observation of a thread is the same for all registries. */
        private final ObservationRegistry any = ObservationRegistry.create();

        static void follow() {
            Containers.register(new EnteredContainers());
        }

        @Override
        public String name() {
            return "Micrometer observations";
        }

        @Override
        public void switched(Thread thread, Container from, Container to) {
            Observation current =
                    thread == Thread.currentThread() ? any.getCurrentObservation() : null;
            ThreadSpan span =
                    current == null ? null : current.getContextView().get(ThreadSpan.class);
            if (span != null) {
                span.switched(to);
            }
        }
    }
}
