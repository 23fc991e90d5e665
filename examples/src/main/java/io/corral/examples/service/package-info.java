/**
 * The service of the demo: an embedded Tomcat whose requests are worked off in the container of
 * their tenant and of their endpoint.
 *
 * <p>{@link io.corral.examples.service.ContainerFilter} is all it knows of Corral; {@link
 * io.corral.examples.service.UsageServlet} tells what was counted. Nothing is null unless it is
 * marked {@code @Nullable}.
 */
@NullMarked
package io.corral.examples.service;

import org.jspecify.annotations.NullMarked;
