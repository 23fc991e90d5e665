/**
 * The load generator of the demo, a process of its own: many requests of three tenants, one to two
 * to three. Nothing is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.corral.examples.load;

import org.jspecify.annotations.NullMarked;
