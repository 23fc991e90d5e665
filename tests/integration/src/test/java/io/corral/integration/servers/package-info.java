/** The rule {@code enter http} on servers whose requests change threads or share one. */
@NullMarked
package io.corral.integration.servers;

import org.jspecify.annotations.NullMarked;
