/**
 * What goes out: the one observer, failures of hooks, lines for the user. The packages of the data's
 * way talk to these; {@code observe} listens.
 */
@NullMarked
package io.corral.runtime.notice;

import org.jspecify.annotations.NullMarked;
