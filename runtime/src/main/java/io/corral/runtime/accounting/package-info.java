/**
 * Charges what each platform thread uses to the account it works for.
 *
 * <p>A {@link io.corral.runtime.accounting.Meter} has one thread's clocks at the last reading, in a
 * {@link io.corral.runtime.accounting.Publication}. The thread switches its meter when it enters
 * another account; readers settle all meters before they sum; an attach moves a meter. Each of
 * these charges an {@link io.corral.runtime.accounting.Account}, whose
 * {@link io.corral.runtime.accounting.Totals} only grow.
 * {@link io.corral.runtime.accounting.Stretch}, {@link io.corral.runtime.accounting.Sampling} and
 * {@link io.corral.runtime.accounting.CpuRatios} serve the policy adaptive alone.
 *
 * <p>The rest are the other clocks that a reader needs: the process's, those of the JVM's own
 * threads, and what Corral itself costs. The package does not know containers or members.
 */
@NullMarked
package io.corral.runtime.accounting;

import org.jspecify.annotations.NullMarked;
