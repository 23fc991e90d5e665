/**
 * At build time only, and not in the jar: packs the runtime's classes, in the order in which they are
 * defined, and what would otherwise be generated at each start.
 */
@NullMarked
package io.corral.agent.pack;

import org.jspecify.annotations.NullMarked;
