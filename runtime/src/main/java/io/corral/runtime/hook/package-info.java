/**
 * What the woven methods of the JDK call, in the order of a thread's life: {@link
 * io.corral.runtime.hook.ForkHook}, {@link io.corral.runtime.hook.MountHook}, {@link
 * io.corral.runtime.hook.ExitHook}; and {@link io.corral.runtime.hook.AdoptHook} for threads that
 * begin outside. Nothing thrown in here reaches the application but a refusal.
 *
 * <p>On these paths: no lambda, no string concatenation, no lock that blocks, no allocation but what
 * belongs to a new thread, and a thread's record of short stays.
 */
@NullMarked
package io.corral.runtime.hook;

import org.jspecify.annotations.NullMarked;
