/**
 * Charges what each platform thread uses to the account it works for. {@link
 * io.corral.runtime.accounting.Meter} is the one subtle class. Knows nothing of containers.
 */
@NullMarked
package io.corral.runtime.accounting;

import org.jspecify.annotations.NullMarked;
