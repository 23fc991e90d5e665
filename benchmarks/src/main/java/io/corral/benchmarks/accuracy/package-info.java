/**
 * How far Corral's split of CPU time between containers is from the truth, under both clock policies.
 *
 * <p>{@link io.corral.benchmarks.accuracy.AccuracySuite} forks a JVM for each kind of thread and policy;
 * there {@link io.corral.benchmarks.accuracy.Program} runs each {@link
 * io.corral.benchmarks.accuracy.Mix} of units of work, while a {@link
 * io.corral.benchmarks.accuracy.Ledger} keeps the truth without Corral, and prints a {@link
 * io.corral.benchmarks.accuracy.Split} of each container.
 */
@NullMarked
package io.corral.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
