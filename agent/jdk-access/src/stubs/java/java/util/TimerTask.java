package java.util;

public abstract class TimerTask {

    public Object corral$submitter;

    protected TimerTask() {}
}
