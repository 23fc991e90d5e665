/** The agent is loaded into a JVM that runs. */
@NullMarked
package io.corral.integration.lateagent;

import org.jspecify.annotations.NullMarked;
