package io.corral.runtime.handover;

import io.corral.runtime.membership.Membership;

import org.jspecify.annotations.Nullable;

/**
 * The submitters of one object, in order. Immutable: a functional queue of two lists, so that to
 * add at one end and to take at the other takes constant time on average.
 */
final class SubmitterQueue {

    private final @Nullable Submission oldestFirst;
    private final @Nullable Submission newestFirst;
    private final int size;

    private SubmitterQueue(
            @Nullable Submission oldestFirst, @Nullable Submission newestFirst, int size) {
        this.oldestFirst = oldestFirst;
        this.newestFirst = newestFirst;
        this.size = size;
    }

    /** @param round see {@link #since} */
    static SubmitterQueue of(Membership submitter, int round) {
        Object waiting = SubmitterRecord.waiting(submitter);
        return new SubmitterQueue(new Submission(waiting, round, null), null, 1);
    }

    SubmitterQueue and(Membership submitter, int round) {
        Object waiting = SubmitterRecord.waiting(submitter);
        return new SubmitterQueue(
                oldestFirst, new Submission(waiting, round, newestFirst), size + 1);
    }

    /** The same submitters with a list of the oldest that is not empty. */
    SubmitterQueue inOrder() {
        return oldestFirst != null ? this : new SubmitterQueue(reversed(newestFirst), null, size);
    }

    private static @Nullable Submission reversed(@Nullable Submission some) {
        Submission reversed = null;
        for (Submission each = some; each != null; each = each.next) {
            reversed = new Submission(each.submitter, each.round, reversed);
        }
        return reversed;
    }

    /**
     * The oldest submitter. Charges its wait, which has ended. Call it on the result of
     * {@link #inOrder}.
     */
    @Nullable Membership takeFirst() {
        return oldestFirst == null ? null : SubmitterRecord.ofEnded(oldestFirst.submitter);
    }

    /**
     * The submitters without the oldest, or null if none is left. Call it on the result of
     * {@link #inOrder}.
     */
    @Nullable SubmitterQueue withoutFirst() {
        return oldestFirst == null || size == 1
                ? null
                : new SubmitterQueue(oldestFirst.next, newestFirst, size - 1);
    }

    /** The submitters without the latest, or null if none is left. */
    @Nullable SubmitterQueue withoutLast() {
        if (size == 1) {
            return null;
        }
        return newestFirst != null
                ? new SubmitterQueue(oldestFirst, newestFirst.next, size - 1)
                : new SubmitterQueue(null, reversed(oldestFirst), size).withoutLast();
    }

    /**
     * The submitters without the oldest ones beyond {@code most}, and without those of an earlier
     * round.
     *
     * @return this if none is removed; null if none is left
     */
    @Nullable SubmitterQueue since(int round, int most) {
        SubmitterQueue left = inOrder();
        boolean isSame = true;
        while (left.size > most || left.isFirstBefore(round)) {
            isSame = false;
            SubmitterQueue fewer = left.withoutFirst();
            if (fewer == null) {
                return null;
            }
            left = fewer.inOrder();
        }
        return isSame ? this : left;
    }

    private boolean isFirstBefore(int round) {
        return oldestFirst != null && oldestFirst.round - round < 0;
    }

    private static final class Submission {

        /** The value that {@link SubmitterRecord} records. */
        private final Object submitter;

        private final int round;
        private final @Nullable Submission next;

        Submission(Object submitter, int round, @Nullable Submission next) {
            this.submitter = submitter;
            this.round = round;
            this.next = next;
        }
    }
}
