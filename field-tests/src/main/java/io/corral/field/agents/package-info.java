/** The program that runs beside another agent: it gives tasks to other threads in many ways. */
@NullMarked
package io.corral.field.agents;

import org.jspecify.annotations.NullMarked;
