/**
 * Shows what is counted, as JFR events. The one package that touches {@code jdk.jfr}: it is not
 * there where that module is not, and nothing in it is initialized before JFR is. It has a class
 * loader of its own; {@link io.corral.runtime.notice.Recorder} says why. Reads usage as any caller
 * of the API does, and never charges.
 */
@NullMarked
package io.corral.runtime.observe;

import org.jspecify.annotations.NullMarked;
