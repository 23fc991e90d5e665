/**
 * What the woven methods of the JDK call, in the order of a thread's life:
 * {@link io.corral.runtime.hook.ForkHook}, {@link io.corral.runtime.hook.MountHook},
 * {@link io.corral.runtime.hook.ExitHook}; and {@link io.corral.runtime.hook.AdoptHook} for threads
 * that are first seen after their start. Only a refusal is thrown to the application.
 *
 * <p>These paths use no lambda, no string concatenation and no lock that can block. They allocate
 * only what belongs to a new thread, and a thread's record of short stays.
 */
@NullMarked
package io.corral.runtime.hook;

import org.jspecify.annotations.NullMarked;
