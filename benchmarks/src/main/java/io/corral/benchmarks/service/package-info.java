/** The CPU time of a request to the demo's service under load. */
@NullMarked
package io.corral.benchmarks.service;

import org.jspecify.annotations.NullMarked;
