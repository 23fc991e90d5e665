/** Tasks that run on a pool's worker and are charged to their submitter. */
@NullMarked
package io.corral.it.handover;

import org.jspecify.annotations.NullMarked;
