package io.corral.runtime.placement;

import java.util.concurrent.Executor;

/**
 * An executor whose workers are threads of a class of its own, as a pool of coroutines has them.
 */
final class Coroutines implements Executor {

    @Override
    public void execute(Runnable task) {}

    static final class Worker extends Thread {}
}
