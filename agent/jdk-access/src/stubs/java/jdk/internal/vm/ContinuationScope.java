package jdk.internal.vm;

public class ContinuationScope {}
