package io.corral.commands.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answered.
 *
 * @param jvm the host and the port; the URL if several endpoints have the same
 * @param export null if there is a problem
 * @param problem one line; null if there is none
 */
public record Answer(
        String jvm, @Nullable Export export, @Nullable String problem) {}
