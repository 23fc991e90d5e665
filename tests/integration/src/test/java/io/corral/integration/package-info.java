/**
 * Tests of the packaged agent, in forked JVMs. One package a subject; {@code harness} forks the
 * JVMs, {@code support} has what several subjects use.
 */
@NullMarked
package io.corral.integration;

import org.jspecify.annotations.NullMarked;
