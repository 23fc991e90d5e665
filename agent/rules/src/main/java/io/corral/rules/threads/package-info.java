/**
 * The rules for threads and for the names of threads: conditions, and the containers of threads.
 */
@NullMarked
package io.corral.rules.threads;

import org.jspecify.annotations.NullMarked;
