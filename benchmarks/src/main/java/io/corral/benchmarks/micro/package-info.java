/** JMH benchmarks of hooks, scopes and hand-over, each with its base. */
@NullMarked
package io.corral.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
