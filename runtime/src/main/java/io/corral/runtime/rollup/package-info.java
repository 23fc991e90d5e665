/**
 * Sums up what is charged to accounts: for each account, for its containers, and for all containers
 * above these. The kernel's rstat works in the same way.
 */
@NullMarked
package io.corral.runtime.rollup;

import org.jspecify.annotations.NullMarked;
