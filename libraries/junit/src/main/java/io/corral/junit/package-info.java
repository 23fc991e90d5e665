/**
 * Budgets for tests of JUnit 5. This package is loaded by the tests' class loader, and uses only
 * the API.
 */
@NullMarked
package io.corral.junit;

import org.jspecify.annotations.NullMarked;
