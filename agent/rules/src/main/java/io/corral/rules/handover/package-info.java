/**
 * The rules that begin with {@code handover}: which tasks work for their submitters, and which
 * executors have a queue of their own.
 */
@NullMarked
package io.corral.rules.handover;

import org.jspecify.annotations.NullMarked;
