package io.corral.report.waits;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a thread waited for, or did that may wait. The page's script has a title for each.
 *
 * <p>A kind has the name of the JDK's event, the event's field with what was waited for, and its
 * field with a number of bytes, if there is one.
 */
public enum WaitKind {
    MONITOR("jdk.JavaMonitorEnter", "monitorClass", null),
    OBJECT_WAIT("jdk.JavaMonitorWait", "monitorClass", null),
    PARK("jdk.ThreadPark", "parkedClass", null),

    /** A pool's worker that waits for its next task. */
    IDLE(null, null, null),
    SLEEP("jdk.ThreadSleep", null, null),
    PINNED("jdk.VirtualThreadPinned", "pinnedReason", null),
    SOCKET_READ("jdk.SocketRead", "host", "bytesRead"),
    SOCKET_WRITE("jdk.SocketWrite", "host", "bytesWritten"),
    SOCKET_CONNECT("jdk.SocketConnect", "host", null),
    FILE_READ("jdk.FileRead", "path", "bytesRead"),
    FILE_WRITE("jdk.FileWrite", "path", "bytesWritten"),
    FILE_FORCE("jdk.FileForce", "path", null),

    /** Without a duration. */
    EXCEPTION("jdk.JavaExceptionThrow", "thrownClass", null),
    ERROR("jdk.JavaErrorThrow", "thrownClass", null);

    private static final Map<String, WaitKind> BY_EVENT = Stream.of(values())
            .filter(kind -> kind.event != null)
            .collect(
                    Collectors.toUnmodifiableMap(kind -> String.valueOf(kind.event), kind -> kind));

    private final @Nullable String event;
    private final @Nullable String subject;
    private final @Nullable String bytes;

    WaitKind(@Nullable String event, @Nullable String subject, @Nullable String bytes) {
        this.event = event;
        this.subject = subject;
        this.bytes = bytes;
    }

    /** The kind of the events with this name, or null if a report doesn't read them. */
    static @Nullable WaitKind of(String event) {
        return BY_EVENT.get(event);
    }

    /** The name of the JDK's event; null if another kind's event tells of this kind too. */
    public @Nullable String event() {
        return event;
    }

    @Nullable String subject() {
        return subject;
    }

    @Nullable String bytes() {
        return bytes;
    }

    boolean isSocket() {
        return this == SOCKET_READ || this == SOCKET_WRITE || this == SOCKET_CONNECT;
    }
}
