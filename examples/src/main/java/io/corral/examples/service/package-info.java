/**
 * The service of the demo: an embedded Tomcat that handles each request in the containers of its
 * tenant and of its endpoint.
 *
 * <p>Only {@link io.corral.examples.service.ContainerFilter} enters containers, and only
 * {@link io.corral.examples.service.UsageServlet} reads their usage. Nothing is null unless it is
 * marked {@code @Nullable}.
 */
@NullMarked
package io.corral.examples.service;

import org.jspecify.annotations.NullMarked;
