@NullMarked
package io.corral.opentelemetry;

import org.jspecify.annotations.NullMarked;
