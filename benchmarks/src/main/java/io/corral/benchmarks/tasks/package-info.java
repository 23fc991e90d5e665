/** What handing tasks to a pool costs, in JVMs of their own. */
@NullMarked
package io.corral.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;
