/**
 * Weaves the application's methods that rules name, with Byte Buddy. In a class loader of its own, which is there only if
 * there are such rules: see {@code io.corral.agent.boot.EntryLoader}.
 */
@NullMarked
package io.corral.agent.entry;

import org.jspecify.annotations.NullMarked;
