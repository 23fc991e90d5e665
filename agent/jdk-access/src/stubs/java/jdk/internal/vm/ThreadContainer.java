package jdk.internal.vm;

import java.util.stream.Stream;

public abstract class ThreadContainer {

    public abstract Stream<Thread> threads();

    public native Stream<ThreadContainer> children();
}
