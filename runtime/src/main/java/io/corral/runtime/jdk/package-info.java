/**
 * The parts of the JDK that the runtime needs beyond its public API: the native methods behind the
 * management beans, fields of threads, and annotations that only the JDK's own classes may carry.
 * The agent provides the implementations before they are used. They are nest mates of the JDK's
 * classes. Without the agent they are absent.
 */
@NullMarked
package io.corral.runtime.jdk;

import org.jspecify.annotations.NullMarked;
