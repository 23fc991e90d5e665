/**
 * The agent's transformer: it is called with each class file, and passes it to the transformer that
 * weaves such classes.
 */
@NullMarked
package io.corral.weaver;

import org.jspecify.annotations.NullMarked;
