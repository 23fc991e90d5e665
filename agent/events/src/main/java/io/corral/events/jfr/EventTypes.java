package io.corral.events.jfr;

import java.util.ArrayList;
import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;

/**
 * The event types, registered. Checking whether one is enabled allocates nothing. Initialize this
 * class after JFR, since the first event class of a JVM costs about 100 ms.
 */
final class EventTypes {

    private static final List<EventType> ALL = new ArrayList<>();

    static final EventType CONTAINER_CREATE = register(ContainerCreateEvent.class);
    static final EventType CONTAINER_REMOVE = register(ContainerRemoveEvent.class);
    static final EventType CONTAINER_RELEASE = register(ContainerReleaseEvent.class);
    static final EventType THREAD_FORK = register(ThreadForkEvent.class);
    static final EventType THREAD_EXIT = register(ThreadExitEvent.class);
    static final EventType THREAD_MEMBER = register(ThreadMemberEvent.class);
    static final EventType VIRTUAL_THREAD_FORK = register(VirtualThreadForkEvent.class);
    static final EventType VIRTUAL_THREAD_EXIT = register(VirtualThreadExitEvent.class);
    static final EventType THREAD_ATTACH = register(ThreadAttachEvent.class);
    static final EventType FORK_REFUSED = register(ForkRefusedEvent.class);
    static final EventType LIMIT_CHANGE = register(LimitChangeEvent.class);
    static final EventType LIMIT_EXCEEDED = register(LimitExceededEvent.class);
    static final EventType LIMIT_STATISTICS = register(LimitStatisticsEvent.class);
    static final EventType CONTAINER_USAGE = register(ContainerUsageEvent.class);
    static final EventType CONTAINER_TOTAL = register(ContainerTotalEvent.class);
    static final EventType RAN_MEANWHILE = register(RanMeanwhileEvent.class);
    static final EventType RESIDENCY = register(ResidencyEvent.class);
    static final EventType OPEN_RESIDENCY = register(OpenResidencyEvent.class);
    static final EventType RECONCILIATION = register(ReconciliationEvent.class);
    static final EventType HOOK_FAILURE = register(HookFailureEvent.class);
    static final EventType UNMATCHED_RULE = register(UnmatchedRuleEvent.class);

    private EventTypes() {}

    private static EventType register(Class<? extends CorralEvent> event) {
        FlightRecorder.register(event);
        EventType type = EventType.getEventType(event);
        ALL.add(type);
        return type;
    }

    /** All event types. The first call registers them. */
    static List<EventType> all() {
        return List.copyOf(ALL);
    }
}
