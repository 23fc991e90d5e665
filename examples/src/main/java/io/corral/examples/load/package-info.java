/**
 * The load generator. It sends requests of three tenants in the ratio one to two to three. Nothing
 * is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.corral.examples.load;

import org.jspecify.annotations.NullMarked;
