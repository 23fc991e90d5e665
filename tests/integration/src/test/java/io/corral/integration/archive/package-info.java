/**
 * Class data archives and AOT caches of the application: they stay in use with the agent, and
 * training is recognised.
 */
@NullMarked
package io.corral.integration.archive;

import org.jspecify.annotations.NullMarked;
