package jdk.internal.vm;

public abstract class ThreadContainer {

    public abstract void add(Thread thread);

    public abstract void remove(Thread thread);
}
