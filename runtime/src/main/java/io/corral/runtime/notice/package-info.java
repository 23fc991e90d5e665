/**
 * Receives what other packages report. The {@link io.corral.runtime.notice.Observer} records
 * events, {@link io.corral.runtime.notice.HookFailures} counts failures, and the
 * {@link io.corral.runtime.notice.Log} prints lines for the user. The background thread runs tasks
 * that a hook must not run.
 */
@NullMarked
package io.corral.runtime.notice;

import org.jspecify.annotations.NullMarked;
