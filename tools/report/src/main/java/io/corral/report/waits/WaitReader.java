package io.corral.report.waits;

import io.corral.report.samples.Samples.SampledThread;
import io.corral.report.waits.Waits.Wait;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/** Reads the JDK's events of which {@link WaitKind} has a kind. */
public final class WaitReader {

    /** Linux takes the ports of clients from here on. */
    private static final int FIRST_PORT_OF_CLIENTS = 32_768;

    private static final String CORRAL = "corral-";

    /** Methods in which a worker of a pool waits for its next task. */
    private static final Set<String> IDLE = Set.of(
            "java.util.concurrent.ThreadPoolExecutor.getTask",
            "java.util.concurrent.ForkJoinPool.awaitWork",
            "java.util.TimerThread.mainLoop",
            "org.apache.tomcat.util.threads.ThreadPoolExecutor.getTask",
            "org.eclipse.jetty.util.thread.QueuedThreadPool$Runner.idleJobPoll",
            "org.eclipse.jetty.util.thread.ReservedThreadExecutor$ReservedThread.reservedWait",
            "org.jboss.threads.EnhancedQueueExecutor$ThreadBody.getOrAddNode");

    private final Waits waits;
    private final ToIntFunction<RecordedEvent> stacks;
    private final Function<@Nullable RecordedThread, SampledThread> threads;
    private final IdentityHashMap<RecordedMethod, Boolean> idleMethods = new IdentityHashMap<>();

    /**
     * @param stacks from an event to the number of its stack
     * @param threads from a thread of the recording to the one of the report
     */
    public WaitReader(
            Waits waits,
            ToIntFunction<RecordedEvent> stacks,
            Function<@Nullable RecordedThread, SampledThread> threads) {
        this.waits = waits;
        this.stacks = stacks;
        this.threads = threads;
    }

    /** Whether a report shows the events of this type. */
    public static boolean reads(EventType type) {
        return WaitKind.of(type.getName()) != null;
    }

    /** Reads an event, if it is of one of the kinds. */
    public void read(RecordedEvent event) {
        WaitKind kind = WaitKind.of(event.getEventType().getName());
        if (kind == null) {
            return;
        }
        Instant begin = event.getStartTime();
        Wait wait = new Wait(
                isIdle(kind, event) ? WaitKind.IDLE : kind,
                TimeUnit.SECONDS.toNanos(begin.getEpochSecond()) + begin.getNano(),
                Math.max(0, event.getDuration().toNanos()),
                subject(kind, event),
                bytes(kind, event),
                holder(event));
        waits.add(wait, threads.apply(event.getThread()), stacks.applyAsInt(event));
    }

    private boolean isIdle(WaitKind kind, RecordedEvent event) {
        return (kind == WaitKind.PARK || kind == WaitKind.OBJECT_WAIT)
                && (isOfCorral(event.getThread()) || isInIdleMethod(event));
    }

    /** Corral's own threads wait for the time of their next look. */
    private static boolean isOfCorral(@Nullable RecordedThread thread) {
        String name = thread == null ? null : thread.getJavaName();
        return name != null && name.startsWith(CORRAL);
    }

    private boolean isInIdleMethod(RecordedEvent event) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .map(RecordedFrame::getMethod)
                        .anyMatch(method -> method != null
                                && idleMethods.computeIfAbsent(method, WaitReader::isIdle));
    }

    private static boolean isIdle(RecordedMethod method) {
        return IDLE.contains(method.getType().getName() + "." + method.getName());
    }

    private static String subject(WaitKind kind, RecordedEvent event) {
        String field = kind.subject();
        Object value = field != null && event.hasField(field) ? event.getValue(field) : null;
        String text = value == null
                ? ""
                : value instanceof RecordedClass type ? type.getName() : value.toString();
        return kind.isSocket() ? address(text, event) : text;
    }

    /** The host, and the port unless it is that of a client, of which there are many. */
    private static String address(String host, RecordedEvent event) {
        String address = event.getString("address");
        String name = host.isEmpty() && address != null ? address : host;
        int port = event.getInt("port");
        return port < FIRST_PORT_OF_CLIENTS ? name + ":" + port : name;
    }

    /** A read at the end of the file or of the stream has -1. */
    private static long bytes(WaitKind kind, RecordedEvent event) {
        String field = kind.bytes();
        return field == null ? 0 : Math.max(0, event.getLong(field));
    }

    private @Nullable SampledThread holder(RecordedEvent event) {
        RecordedThread owner =
                event.hasField("previousOwner") ? event.getThread("previousOwner") : null;
        return owner == null ? null : threads.apply(owner);
    }
}
