/**
 * Weaves the application's methods that rules name, with Byte Buddy. The package has a class loader
 * of its own, which exists only if there are such rules: see
 * {@code io.corral.start.boot.EntryWeaverOnDemand}.
 */
@NullMarked
package io.corral.methods;

import org.jspecify.annotations.NullMarked;
