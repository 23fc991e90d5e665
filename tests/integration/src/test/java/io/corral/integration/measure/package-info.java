/** What one task used: on its thread, on those that it starts, and where it hands tasks over. */
@NullMarked
package io.corral.integration.measure;

import org.jspecify.annotations.NullMarked;
