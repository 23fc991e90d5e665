package io.corral.agent.options;

/**
 * A value as text.
 *
 * @param source where it was set, in the words of a message
 */
record Setting(String value, String source) {}
