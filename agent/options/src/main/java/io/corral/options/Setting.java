package io.corral.options;

/**
 * The text of a value, and where it was set.
 *
 * @param source where it was set, in the words of a message
 */
record Setting(String value, String source) {}
