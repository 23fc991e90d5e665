/** Rows of containers as text: rates, order, folding and columns. Knows no terminal. */
@NullMarked
package io.corral.tools.view;

import org.jspecify.annotations.NullMarked;
