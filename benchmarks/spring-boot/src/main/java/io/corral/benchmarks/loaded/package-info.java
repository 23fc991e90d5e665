/** What is kept under load to learn whose the CPU time of a real application is, with no line of configuration. */
@NullMarked
package io.corral.benchmarks.loaded;

import org.jspecify.annotations.NullMarked;
