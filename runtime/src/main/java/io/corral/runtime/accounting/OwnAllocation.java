package io.corral.runtime.accounting;

import io.corral.runtime.jdk.ClockAccess;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.NativeMemory;
import io.corral.runtime.jdk.VmStructs;
import io.corral.runtime.jdk.VmStructs.Field;

import org.jspecify.annotations.Nullable;

/**
 * What the platform thread that calls has allocated, looked up in the JVM's own object of the thread: what it has
 * counted, and what of the thread's allocation buffer is taken. It is what the JVM's function answers, which takes
 * 15 ns, most of it the way there and back; this takes one.
 *
 * <p>Used only where it was seen to say what that function says.
 */
final class OwnAllocation {

    private static final @Nullable NativeMemory MEMORY = Jdk.NATIVE_MEMORY;

    private static final long COUNTED;
    private static final long BUFFER_START;
    private static final long BUFFER_TOP;

    /** Whether {@link #bytes} may be called. */
    static final boolean IS_KNOWN;

    static {
        Layout found = Layout.find(MEMORY);
        COUNTED = found.counted;
        BUFFER_START = found.bufferStart;
        BUFFER_TOP = found.bufferTop;
        IS_KNOWN = MEMORY != null && found.agreesWith(MEMORY, Jdk.CLOCKS);
    }

    private OwnAllocation() {}

    /** Or -1 if the JVM has no object of the thread any more. */
    static long bytes() {
        NativeMemory memory = MEMORY;
        return memory == null ? -1 : bytes(memory, COUNTED, BUFFER_START, BUFFER_TOP);
    }

    /**
     * A collection between two looks empties the buffer, and counts what it held. Only code that is interpreted
     * can be stopped here, and looks again.
     */
    private static long bytes(NativeMemory memory, long counted, long bufferStart, long bufferTop) {
        long thread = memory.currentThread();
        while (thread != 0) {
            long before = memory.longAt(thread + counted);
            long start = memory.longAt(thread + bufferStart);
            long taken = memory.longAt(thread + bufferTop) - start;
            if (before == memory.longAt(thread + counted)
                    && start == memory.longAt(thread + bufferStart)) {
                return before + taken;
            }
        }
        return -1;
    }

    /** How far behind the address of a thread's object. */
    private static final class Layout {

        private static final int PROBES = 3;
        private static final int PROBE_BYTES = 4_000;

        /** More than its object has: what is found behind is no offset in it. */
        private static final long MOST = 4_096;

        private static final Layout NONE = new Layout(-1, -1, -1);

        private final long counted;
        private final long bufferStart;
        private final long bufferTop;

        private Layout(long counted, long bufferStart, long bufferTop) {
            this.counted = counted;
            this.bufferStart = bufferStart;
            this.bufferTop = bufferTop;
        }

        static Layout find(@Nullable NativeMemory memory) {
            if (memory == null) {
                return NONE;
            }
            try {
                long[] offsets = new VmStructs(memory)
                        .offsets(
                                new Field("Thread", "_allocated_bytes"),
                                new Field("Thread", "_tlab"),
                                new Field("ThreadLocalAllocBuffer", "_start"),
                                new Field("ThreadLocalAllocBuffer", "_top"));
                for (long offset : offsets) {
                    if (offset < 0 || offset >= MOST) {
                        return NONE;
                    }
                }
                return new Layout(offsets[0], offsets[1] + offsets[2], offsets[1] + offsets[3]);
            } catch (LinkageError otherJdk) {
                return NONE;
            }
        }

        /** What the JVM's function says before and after is on either side of what is found here, each time. */
        boolean agreesWith(NativeMemory memory, @Nullable ClockAccess clocks) {
            if (this == NONE || clocks == null) {
                return false;
            }
            try {
                for (int i = 1; i <= PROBES; i++) {
                    byte[] probe = new byte[i * PROBE_BYTES];
                    long before = clocks.allocatedBytes(0);
                    long found = bytes(memory, counted, bufferStart, bufferTop);
                    if (before < probe.length
                            || found < before
                            || found > clocks.allocatedBytes(0)) {
                        return false;
                    }
                }
                return true;
            } catch (LinkageError otherJdk) {
                return false;
            }
        }
    }
}
