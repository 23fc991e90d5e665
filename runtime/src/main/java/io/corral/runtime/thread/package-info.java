/** Threads as members: their homes, their open scopes, and the table of platform threads. */
@NullMarked
package io.corral.runtime.thread;

import org.jspecify.annotations.NullMarked;
