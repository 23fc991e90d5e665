/**
 * How a task keeps its submitter's container. A thread hands a task over to a
 * {@code ThreadPoolExecutor}, a fork-join pool, a {@code Timer} or a {@code CompletableFuture}. The
 * task runs in the container in which that thread worked, if tasks take it along; else in the
 * pool's.
 *
 * <p>The steps of a task, in the order in which the woven classes of the JDK call:
 *
 * <ol>
 *   <li>It is submitted: {@link io.corral.runtime.hook.TaskHook#submitted} or
 *       {@link io.corral.runtime.hook.PoolHook#submitted} asks
 *       {@link io.corral.runtime.handover.CurrentSubmitter} where the calling thread works.
 *   <li>It waits, and the submitter is remembered: in a field of the task, of its queue node or of
 *       its worker, in a stack of the worker that forks it
 *       ({@link io.corral.runtime.handover.ForkedTasks}), or in a table
 *       ({@link io.corral.runtime.handover.SubmitterStore},
 *       {@link io.corral.runtime.handover.SubmissionTable}).
 *   <li>It runs: {@link io.corral.runtime.hook.WorkerHook#run} or
 *       {@link io.corral.runtime.hook.ForkJoinHook#begin} takes the submitter, and
 *       {@link io.corral.runtime.handover.TaskScope} enters its container.
 *   <li>It ends: the scope is closed, or left open for the worker's next task
 *       ({@link io.corral.runtime.thread.Worker}).
 * </ol>
 */
@NullMarked
package io.corral.runtime.handover;

import org.jspecify.annotations.NullMarked;
