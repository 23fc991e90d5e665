/**
 * Meters of containers for an application that has Micrometer. It is in the application's class
 * loader, and knows the API and the library of series.
 */
@NullMarked
package io.corral.micrometer;

import org.jspecify.annotations.NullMarked;
