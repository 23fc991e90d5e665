/** JMH benchmarks, each beside its base. Run under no agent, the empty agent and Corral. */
@NullMarked
package io.corral.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
