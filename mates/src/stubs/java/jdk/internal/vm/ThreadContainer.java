package jdk.internal.vm;

public abstract class ThreadContainer {}
