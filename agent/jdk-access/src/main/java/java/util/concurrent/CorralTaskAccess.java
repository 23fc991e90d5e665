package java.util.concurrent;

import io.corral.runtime.jdk.TaskAccess;
import java.lang.reflect.Field;
import java.util.TimerTask;
import jdk.internal.misc.Unsafe;

/** In the package of the classes that are not public. */
final class CorralTaskAccess implements TaskAccess {

    @Override
    public Object submitter(int kind, Object holder) {
        return switch (kind) {
            case FUTURE_TASK -> ((FutureTask<?>) holder).corral$submitter;
            case FORK_JOIN_TASK -> ((ForkJoinTask<?>) holder).corral$submitter;
            case TIMER_TASK -> ((TimerTask) holder).corral$submitter;
            case QUEUE_NODE -> ((LinkedBlockingQueue.Node<?>) holder).corral$submitter;
            default -> ((ThreadPoolExecutor.Worker) holder).corral$submitter;
        };
    }

    @Override
    public void submitter(int kind, Object holder, Object submitter) {
        switch (kind) {
            case FUTURE_TASK -> ((FutureTask<?>) holder).corral$submitter = submitter;
            case FORK_JOIN_TASK -> ((ForkJoinTask<?>) holder).corral$submitter = submitter;
            case TIMER_TASK -> ((TimerTask) holder).corral$submitter = submitter;
            case QUEUE_NODE -> ((LinkedBlockingQueue.Node<?>) holder).corral$submitter = submitter;
            default -> ((ThreadPoolExecutor.Worker) holder).corral$submitter = submitter;
        }
    }

    @Override
    public boolean isScheduled(Object task) {
        return task instanceof ScheduledThreadPoolExecutor.ScheduledFutureTask;
    }

    @Override
    public long offset(Field field) {
        return Unsafe.getUnsafe().objectFieldOffset(field);
    }

    @Override
    public Object reference(Object holder, long offset) {
        return Unsafe.getUnsafe().getReference(holder, offset);
    }
}
