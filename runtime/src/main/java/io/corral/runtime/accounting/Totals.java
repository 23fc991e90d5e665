package io.corral.runtime.accounting;

/** The counters of one account. None ever falls. Any thread may add; a reader sums. */
public final class Totals extends Counters {

    /** Lives, or charges, between two looks: of parents and of those whom their children end on half of that from each other. */
    private static final int BETWEEN_LOOKS = 1_024;

    /** Half of that many lives, of 10 us each: a line that comes and goes costs a hundredth of one. */
    private static final long OFTEN_LIVES_NANOS = 5_000_000;

    /** So many charges, of 1 us each: looks come by chance, so that this is met at 10 us as well, and at a millisecond in hours. */
    private static final long OFTEN_CHARGES_NANOS = 1_000_000;

    /** A fork looks behind so many others. None does at first: many accounts have few. */
    private static final int FORK_LOOKS = BETWEEN_LOOKS / 4;

    private static final int EXIT_LOOKS = FORK_LOOKS + BETWEEN_LOOKS / 2;

    public void addCpuNanos(long nanos) {
        long before = add(CPU_NANOS, nanos);
        try {
            // The last bits of a sum of nanoseconds are chance.
            if (before % BETWEEN_LOOKS == 0) {
                look(OFTEN_CHARGES_NANOS);
            }
        } catch (StackOverflowError another) {
            // Will look. What was charged stays so.
        }
    }

    /** What of the CPU nanoseconds was apportioned by wall time. Raised after them, to be read before. */
    public void addApportionedCpuNanos(long nanos) {
        add(APPORTIONED_CPU_NANOS, nanos);
    }

    public void addAllocatedBytes(long bytes) {
        add(ALLOCATED_BYTES, bytes);
    }

    public void countFork() {
        long before = count(FORKS);
        try {
            if (before % BETWEEN_LOOKS == FORK_LOOKS) {
                look(OFTEN_LIVES_NANOS);
            }
        } catch (StackOverflowError another) {
            // Will look. What was counted stays so.
        }
    }

    public void countExit() {
        long before = count(EXITS);
        try {
            if (before % BETWEEN_LOOKS == EXIT_LOOKS) {
                look(OFTEN_LIVES_NANOS);
            }
        } catch (StackOverflowError another) {
            // Will look. What was counted stays so.
        }
    }

    /** A thread is in from now on. */
    public void enter(boolean virtual) {
        count(virtual ? VIRTUAL_CAME : PLATFORM_CAME);
    }

    /** A thread is no longer in. */
    public void leave(boolean virtual) {
        count(virtual ? VIRTUAL_WENT : PLATFORM_WENT);
    }

    public long cpuNanos() {
        return sum(CPU_NANOS);
    }

    public long apportionedCpuNanos() {
        return sum(APPORTIONED_CPU_NANOS);
    }

    public long allocatedBytes() {
        return sum(ALLOCATED_BYTES);
    }

    public long forks() {
        return sum(FORKS);
    }

    public long exits() {
        return sum(EXITS);
    }

    /**
     * How many are in, counted by how many came and how many went, since each of these only grows and needs no cache line for
     * all. Who went is read first: one who came and went meanwhile may be counted in, and who waits for its end will ask
     * again when it has gone; one who is in is never missed.
     */
    public long virtualThreads() {
        long gone = sum(VIRTUAL_WENT);
        return sum(VIRTUAL_CAME) - gone;
    }

    /** Platform threads; see {@link #virtualThreads}. */
    public long platformThreads() {
        long gone = sum(PLATFORM_WENT);
        return sum(PLATFORM_CAME) - gone;
    }

    /**
     * Takes over what {@code other} was charged. Only for an account that nobody can charge any more, and has no threads, and
     * under the lock that readers hold, or a reader would see it twice or not at all.
     */
    public void absorb(Totals other) {
        add(CPU_NANOS, other.cpuNanos());
        add(APPORTIONED_CPU_NANOS, other.apportionedCpuNanos());
        add(ALLOCATED_BYTES, other.allocatedBytes());
        add(FORKS, other.forks());
        add(EXITS, other.exits());
    }
}
