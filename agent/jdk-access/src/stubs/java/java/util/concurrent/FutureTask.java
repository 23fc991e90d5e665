package java.util.concurrent;

public class FutureTask<V> {

    public Object corral$submitter;

    protected FutureTask() {}
}
