package io.corral.rules.threads;

/**
 * What a rule decides for a thread in its hierarchy.
 *
 * @param rule the file and line of the rule
 * @param outcome a path, {@code inherit}, {@code ignore}, or why there is no path
 * @param decides false if a placeholder has no usable value, so that the rule is skipped
 */
public record CheckedRule(String rule, String hierarchy, String outcome, boolean decides) {}
