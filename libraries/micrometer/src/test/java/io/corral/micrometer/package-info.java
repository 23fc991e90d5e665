@NullMarked
package io.corral.micrometer;

import org.jspecify.annotations.NullMarked;
