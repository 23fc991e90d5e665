/**
 * The agent: starts in {@code premain} or {@code agentmain}, reads options, puts the runtime into the
 * boot loader and weaves the JDK. Whatever goes wrong in here, the application starts and runs.
 */
@NullMarked
package io.corral.agent;

import org.jspecify.annotations.NullMarked;
