package java.lang;

import jdk.internal.vm.ContinuationScope;

class VirtualThread extends Thread {

    Runnable runContinuation;

    static native ContinuationScope continuationScope();
}
