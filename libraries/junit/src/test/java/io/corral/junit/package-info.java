@NullMarked
package io.corral.junit;

import org.jspecify.annotations.NullMarked;
