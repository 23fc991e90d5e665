package java.util.concurrent;

public class ScheduledThreadPoolExecutor {

    protected ScheduledThreadPoolExecutor() {}

    static class ScheduledFutureTask<V> {}
}
