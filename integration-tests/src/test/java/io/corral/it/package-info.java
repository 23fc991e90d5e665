/**
 * Behaviour of the packaged agent in real JVMs. {@code XIT} forks, {@code XScenarios} is what runs in
 * the forked JVM.
 */
@NullMarked
package io.corral.it;

import org.jspecify.annotations.NullMarked;
