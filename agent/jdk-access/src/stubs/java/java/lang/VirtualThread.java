package java.lang;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

class VirtualThread extends Thread {

    static ForkJoinPool DEFAULT_SCHEDULER;

    Executor scheduler;
    Runnable runContinuation;
}
