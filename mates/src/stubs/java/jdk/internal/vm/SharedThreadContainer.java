package jdk.internal.vm;

public class SharedThreadContainer extends ThreadContainer {}
