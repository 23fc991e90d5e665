/** Hand-over: a task given to an executor is charged to its submitter's container. */
@NullMarked
package io.corral.runtime.handover;

import org.jspecify.annotations.NullMarked;
