/** The program that runs together with another agent: it hands tasks over in many ways. */
@NullMarked
package io.corral.field.agents;

import org.jspecify.annotations.NullMarked;
