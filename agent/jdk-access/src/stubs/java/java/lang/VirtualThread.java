package java.lang;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import jdk.internal.vm.ContinuationScope;

class VirtualThread extends Thread {

    static ForkJoinPool DEFAULT_SCHEDULER;

    Executor scheduler;
    Runnable runContinuation;

    static native ContinuationScope continuationScope();
}
