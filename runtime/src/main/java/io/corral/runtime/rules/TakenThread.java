package io.corral.runtime.rules;

import java.util.List;

/**
 * A thread that a rule takes.
 *
 * @param captures what the rule's conditions have captured, in their order
 */
record TakenThread(ThreadFacts thread, List<String> captures) {}
