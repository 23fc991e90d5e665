/** Finds JDKs, forks JVMs with the packaged agent, and runs scenarios in them. */
@NullMarked
package io.corral.integration.harness;

import org.jspecify.annotations.NullMarked;
