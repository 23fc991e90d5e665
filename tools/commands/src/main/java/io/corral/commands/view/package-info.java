/**
 * Shows rows of containers as text: rates, order, folding and columns. It does not depend on a
 * terminal.
 */
@NullMarked
package io.corral.commands.view;

import org.jspecify.annotations.NullMarked;
