package java.lang;

class VirtualThread extends Thread {

    Runnable runContinuation;
}
