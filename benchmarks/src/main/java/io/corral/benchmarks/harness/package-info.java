/**
 * What the suites share: JDKs, jars, setups of a JVM, child processes, figures and their report.
 */
@NullMarked
package io.corral.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
