/**
 * Writes hooks into the JDK's classes of tasks, pools and queues, so that a task keeps its
 * submitter's place.
 */
@NullMarked
package io.corral.weaver.tasks;

import org.jspecify.annotations.NullMarked;
