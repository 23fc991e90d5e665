package jdk.internal.vm;

public abstract class SharedThreadContainer extends ThreadContainer {}
