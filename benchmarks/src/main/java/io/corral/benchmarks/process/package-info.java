/**
 * What Corral costs whole processes, beside its base and its peers: a JVM's start, and a real
 * service's requests. Nothing is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.corral.benchmarks.process;

import org.jspecify.annotations.NullMarked;
