/**
 * What the runtime needs of the JDK beyond its public API. The agent generates the implementations as
 * hidden nest mates of the JDK's classes and hands them over before anything here is used; without
 * the agent all of it is absent.
 */
@NullMarked
package io.corral.runtime.jdk;

import org.jspecify.annotations.NullMarked;
