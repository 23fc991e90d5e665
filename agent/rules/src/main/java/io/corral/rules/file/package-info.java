/**
 * Reads and parses a rules file, puts its rules into force, and does so again when the file
 * changes.
 */
@NullMarked
package io.corral.rules.file;

import org.jspecify.annotations.NullMarked;
