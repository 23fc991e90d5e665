package io.corral.runtime.rules;

import io.corral.runtime.jdk.Key;

/** The key, of which a JVM has one. */
final class AgentKey {

    static final Key KEY = Key.take();

    private AgentKey() {}
}
