/**
 * The agent as a guest: options, messages, the content of its jar, a damaged jar, images without
 * modules.
 */
@NullMarked
package io.corral.integration.startup;

import org.jspecify.annotations.NullMarked;
