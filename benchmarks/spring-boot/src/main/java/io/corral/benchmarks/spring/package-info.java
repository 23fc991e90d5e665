/** What is started to learn what an agent costs at the start of a real application. */
@NullMarked
package io.corral.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
