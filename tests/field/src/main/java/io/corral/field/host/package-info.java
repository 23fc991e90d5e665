/**
 * Code that runs in the JVM of a case together with the service. It is alone on the class path: it
 * uses the JDK and Corral's API only.
 */
@NullMarked
package io.corral.field.host;

import org.jspecify.annotations.NullMarked;
