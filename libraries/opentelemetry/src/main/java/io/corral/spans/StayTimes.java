package io.corral.spans;

import io.corral.Container;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How long one thread stayed in each of a few containers. There is one at least. */
final class StayTimes {

    /** Of a span that meets more of them, the one with the shortest stays gives way. */
    private static final int MAX_CONTAINERS = 8;

    private final @Nullable Container[] containers = new Container[MAX_CONTAINERS];
    private final long[] nanos = new long[MAX_CONTAINERS];
    private int size;

    void add(Container container, long stayNanos) {
        int shortest = 0;
        for (int i = 0; i < size; i++) {
            if (containers[i] == container) {
                nanos[i] += stayNanos;
                return;
            }
            shortest = nanos[i] < nanos[shortest] ? i : shortest;
        }
        if (size < MAX_CONTAINERS) {
            containers[size] = container;
            nanos[size++] = stayNanos;
        } else if (stayNanos > nanos[shortest]) {
            containers[shortest] = container;
            nanos[shortest] = stayNanos;
        }
    }

    Container longest() {
        int longest = 0;
        for (int i = 1; i < size; i++) {
            longest = nanos[i] > nanos[longest] ? i : longest;
        }
        return Objects.requireNonNull(containers[longest]);
    }
}
