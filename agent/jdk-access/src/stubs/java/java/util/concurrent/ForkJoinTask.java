package java.util.concurrent;

public abstract class ForkJoinTask<V> {

    public Object corral$submitter;

    protected ForkJoinTask() {}
}
