/** Tasks that run on a pool's worker and are charged to their submitter. */
@NullMarked
package io.corral.integration.handover;

import org.jspecify.annotations.NullMarked;
