package io.corral.report.placement;

import io.corral.report.samples.LongList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The recorded stays of threads in one hierarchy. Stays of one thread do not overlap. */
final class Stays {

    private final Map<Long, ThreadStays> byThread = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> containers = new ArrayList<>();

    private static final class ThreadStays {
        final LongList begins = new LongList();
        final LongList ends = new LongList();
        final LongList containers = new LongList();

        /**
         * Whether the stays were added in the order of their beginnings, as in nearly all
         * recordings.
         */
        boolean isOrdered = true;

        /**
         * Otherwise the indexes of the stays, sorted by their beginnings; null until they are
         * needed.
         */
        int @Nullable [] order;

        boolean isInOrder(int one, int other) {
            long begin = begins.get(one);
            long otherBegin = begins.get(other);
            return begin < otherBegin || (begin == otherBegin && ends.get(one) <= ends.get(other));
        }

        /** The index of the stay with this place in the order. */
        int index(int place) {
            return isOrdered ? place : ordered(this)[place];
        }
    }

    void add(long thread, long begin, long end, String container) {
        ThreadStays stays = byThread.computeIfAbsent(thread, id -> new ThreadStays());
        stays.begins.add(begin);
        stays.ends.add(end);
        stays.containers.add(numbers.computeIfAbsent(container, path -> {
            containers.add(path);
            return containers.size() - 1;
        }));
        int last = stays.begins.size() - 1;
        stays.isOrdered &= last == 0 || stays.isInOrder(last - 1, last);
        stays.order = null;
    }

    boolean has(long thread) {
        return byThread.containsKey(thread);
    }

    /** The container of the stay that covers a time, or null. */
    @Nullable String find(long thread, long nanos) {
        ThreadStays stays = byThread.get(thread);
        if (stays == null) {
            return null;
        }
        int low = 0;
        int high = stays.begins.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (stays.begins.get(stays.index(middle)) <= nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return null;
        }
        int last = stays.index(low - 1);
        return stays.ends.get(last) < nanos
                ? null
                : containers.get((int) stays.containers.get(last));
    }

    /**
     * Sorts the stays by their beginnings, and those with the same beginning by their ends. It is a
     * merge sort of numbers, since a thread can have millions of stays.
     */
    private static int[] ordered(ThreadStays stays) {
        int[] known = stays.order;
        if (known == null) {
            int size = stays.begins.size();
            known = IntStream.range(0, size).toArray();
            int[] merged = new int[size];
            for (long run = 1; run < size; run *= 2) {
                for (long begin = 0; begin < size; begin += 2 * run) {
                    int middle = (int) Math.min(size, begin + run);
                    int end = (int) Math.min(size, begin + 2 * run);
                    merge(stays, known, (int) begin, middle, end, merged);
                }
                int[] unsorted = known;
                known = merged;
                merged = unsorted;
            }
            stays.order = known;
        }
        return known;
    }

    private static void merge(
            ThreadStays stays, int[] from, int begin, int middle, int end, int[] to) {
        int left = begin;
        int right = middle;
        for (int i = begin; i < end; i++) {
            boolean takesLeft =
                    right == end || (left < middle && stays.isInOrder(from[left], from[right]));
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }
}
