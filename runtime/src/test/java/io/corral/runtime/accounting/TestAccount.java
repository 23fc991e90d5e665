package io.corral.runtime.accounting;

/** An account for tests, which is not a membership. */
final class TestAccount extends Account {}
