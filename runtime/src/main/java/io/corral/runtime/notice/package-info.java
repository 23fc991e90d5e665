/**
 * Where the other packages report what happens: to the {@link io.corral.runtime.notice.Observer},
 * which records it; to {@link io.corral.runtime.notice.HookFailures}, which count what went wrong;
 * to the user, through the {@link io.corral.runtime.notice.Log}; and to the background thread,
 * which runs tasks that a hook must not run.
 */
@NullMarked
package io.corral.runtime.notice;

import org.jspecify.annotations.NullMarked;
