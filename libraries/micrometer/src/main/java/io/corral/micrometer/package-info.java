/**
 * Meters of containers for an application that has Micrometer. This package is loaded by the
 * application's class loader. It uses the API and the module {@code series}.
 */
@NullMarked
package io.corral.micrometer;

import org.jspecify.annotations.NullMarked;
