/**
 * Real services and other agents. A case is a folder below {@code cases}: a small project whose
 * main class {@code Service} starts the service and puts fixed work on it.
 */
@NullMarked
package io.corral.field;

import org.jspecify.annotations.NullMarked;
