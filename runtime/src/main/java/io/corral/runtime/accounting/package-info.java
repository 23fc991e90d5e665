/**
 * Charges what each platform thread uses to the account it works for.
 *
 * <p>A {@link io.corral.runtime.accounting.Meter} has one thread's clocks at the last reading, in a
 * {@link io.corral.runtime.accounting.Publication}. The thread switches its meter when it enters
 * another account; readers settle all meters before they sum; an attach moves a meter. Each of
 * these charges an {@link io.corral.runtime.accounting.Account}, whose
 * {@link io.corral.runtime.accounting.AccountTotals} only grow. A reading adds up the totals in
 * {@link io.corral.runtime.accounting.MutableUsage}s.
 * {@link io.corral.runtime.accounting.UnchargedStays},
 * {@link io.corral.runtime.accounting.Sampling} and {@link io.corral.runtime.accounting.CpuRatios}
 * serve the policy adaptive alone.
 *
 * <p>The rest are the other clocks that a reader needs: the process's, those of the JVM's own
 * threads, and what Corral itself costs. The package uses no class of containers or members.
 */
@NullMarked
package io.corral.runtime.accounting;

import org.jspecify.annotations.NullMarked;
