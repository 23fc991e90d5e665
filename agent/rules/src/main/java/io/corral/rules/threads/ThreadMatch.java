package io.corral.rules.threads;

import io.corral.runtime.placement.ThreadFacts;

import java.util.List;

/**
 * A thread that matches a rule, with the captured parts.
 *
 * @param captures the parts that the conditions captured, in order
 */
record ThreadMatch(ThreadFacts thread, List<String> captures) {}
