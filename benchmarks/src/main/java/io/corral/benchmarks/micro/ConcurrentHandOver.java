package io.corral.benchmarks.micro;

import org.openjdk.jmh.annotations.Threads;

/** Two submitters, each with a pool of its own. */
@Threads(2)
public class ConcurrentHandOver extends HandOver {}
