package io.corral.agent.options;

/**
 * A value somebody set.
 *
 * @param source where, in the words of a message
 */
record Setting(String value, String source) {}
