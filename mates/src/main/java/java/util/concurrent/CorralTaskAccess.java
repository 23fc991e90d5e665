package java.util.concurrent;

import io.corral.runtime.jdk.TaskAccess;

import java.util.TimerTask;

/** In the package of the classes that are not public. */
final class CorralTaskAccess implements TaskAccess {

    @Override
    public Object submitter(int kind, Object holder) {
        switch (kind) {
            case FUTURE_TASK:
                return ((FutureTask<?>) holder).corral$submitter;
            case FORK_JOIN_TASK:
                return ((ForkJoinTask<?>) holder).corral$submitter;
            case TIMER_TASK:
                return ((TimerTask) holder).corral$submitter;
            case QUEUE_NODE:
                return ((LinkedBlockingQueue.Node<?>) holder).corral$submitter;
            default:
                return ((ThreadPoolExecutor.Worker) holder).corral$submitter;
        }
    }

    @Override
    public void submitter(int kind, Object holder, Object submitter) {
        switch (kind) {
            case FUTURE_TASK:
                ((FutureTask<?>) holder).corral$submitter = submitter;
                break;
            case FORK_JOIN_TASK:
                ((ForkJoinTask<?>) holder).corral$submitter = submitter;
                break;
            case TIMER_TASK:
                ((TimerTask) holder).corral$submitter = submitter;
                break;
            case QUEUE_NODE:
                ((LinkedBlockingQueue.Node<?>) holder).corral$submitter = submitter;
                break;
            default:
                ((ThreadPoolExecutor.Worker) holder).corral$submitter = submitter;
        }
    }

    @Override
    public boolean isScheduled(Object task) {
        return task instanceof ScheduledThreadPoolExecutor.ScheduledFutureTask;
    }
}
