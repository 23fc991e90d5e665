package java.util.concurrent;

public abstract class ForkJoinPool implements Executor {

    public abstract void execute(ForkJoinTask<?> task);

    public abstract <T> ForkJoinTask<T> lazySubmit(ForkJoinTask<T> task);

    public abstract int getParallelism();

    public abstract int setParallelism(int size);

    public abstract boolean hasQueuedSubmissions();

    public abstract long getQueuedTaskCount();
}
