package io.corral.runtime.hook;

import io.corral.runtime.handover.CurrentSubmitter;
import io.corral.runtime.handover.ItemPoint;
import io.corral.runtime.handover.Items;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.thread.HandOverFlag;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hooks for executors with a queue of their own, such as serial executors and actors' mailboxes:
 * see {@link ItemPoint}. One task empties such a queue, but the items in the queue have several
 * submitters. An item without a submitter is charged to the home of the thread that runs it.
 */
public final class ItemHook {

    private ItemHook() {}

    /**
     * Called at the entry of a method that submits an item.
     *
     * @return the item if it was recorded, for {@link #refused}; else null
     */
    public static @Nullable Object submitted(@Nullable Object item, int number) {
        try {
            if (item == null || !CurrentSubmitter.isRecorded()) {
                return null;
            }
            Membership submitter = CurrentSubmitter.current();
            if (submitter != null) {
                Items.of(number).submitted(item, submitter);
                return item;
            }
            Items known = Items.known(number);
            if (known != null) {
                known.submittedByRoot(item);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
        return null;
    }

    /**
     * Called where a method that submits an item throws.
     *
     * @param recorded the result of {@link #submitted}
     */
    public static void refused(@Nullable Object recorded, int number) {
        try {
            Items known = recorded == null ? null : Items.known(number);
            if (known != null && recorded != null) {
                known.refused(recorded);
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /** Called where an item was created, or is made ready to run again. */
    public static void made(Object item, int number) {
        try {
            if (CurrentSubmitter.isRecorded()) {
                Membership place = CurrentSubmitter.current();
                Items known = place == null ? Items.known(number) : Items.of(number);
                if (known != null) {
                    known.made(item, place);
                }
            }
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
        }
    }

    /**
     * Called before an item is run.
     *
     * @return for {@link #end}; null if there is nothing to end
     */
    public static @Nullable Object begin(@Nullable Object item, int number) {
        if (!HandOverFlag.isOn() || item == null) {
            return null;
        }
        try {
            Member member = TaskHook.runner();
            if (member == null) {
                return null;
            }
            // The wrapped executor may run the task immediately, within the call that submits it.
            member.submitsForPool(false);
            Items known = Items.known(number);
            return TaskHook.beginItem(member, known == null ? null : known.take(item));
        } catch (Throwable failure) {
            HookFailures.HAND_OVER.report(failure);
            return null;
        }
    }

    /** @param begun the result of {@link #begin} */
    public static void end(@Nullable Object begun) {
        TaskHook.end(begun);
    }

    /** Called in place of {@code item.run()}. */
    public static void run(Runnable item, int number) {
        Object begun = begin(item, number);
        try {
            item.run();
        } finally {
            end(begun);
        }
    }

    /**
     * Called in place of {@code executor.execute(task)}, where the task empties the queue. The task
     * is not charged to the submitter of the first item.
     */
    public static void execute(Executor executor, Runnable task) {
        Member member = HandOverFlag.isOn() ? Members.currentIfKnown() : null;
        if (member == null) {
            executor.execute(task);
            return;
        }
        member.submitsForPool(true);
        try {
            executor.execute(task);
        } finally {
            member.submitsForPool(false);
        }
    }

    /** Called in place of {@code item.call()}. */
    public static Object call(Callable<?> item, int number) throws Exception {
        Object begun = begin(item, number);
        try {
            return item.call();
        } finally {
            end(begun);
        }
    }
}
