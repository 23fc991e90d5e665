package io.corral.rules.limits;

import io.corral.runtime.control.LimitSettings;

import java.util.Map;

/**
 * The controls of a {@code limit} line.
 *
 * @param settings what the line sets
 * @param columns where each control stands, by its name, in the order of the line
 */
record LimitControls(LimitSettings settings, Map<String, Integer> columns) {}
