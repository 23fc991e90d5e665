/** The command line: one class for each command. What a command needs of the agent it asks the runtime's own classes. */
@NullMarked
package io.corral.tools;

import org.jspecify.annotations.NullMarked;
