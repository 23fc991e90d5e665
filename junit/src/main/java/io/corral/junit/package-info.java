/** Budgets for tests of JUnit 5. It is in the tests' class loader, and knows the API alone. */
@NullMarked
package io.corral.junit;

import org.jspecify.annotations.NullMarked;
