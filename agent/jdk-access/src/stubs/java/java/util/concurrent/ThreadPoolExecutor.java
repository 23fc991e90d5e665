package java.util.concurrent;

public class ThreadPoolExecutor {

    protected ThreadPoolExecutor() {}

    /** An inner class of the JDK's, which the JVM does not see as private. */
    static final class Worker {

        public Object corral$submitter;
    }
}
