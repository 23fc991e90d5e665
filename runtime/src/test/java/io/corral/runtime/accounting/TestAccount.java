package io.corral.runtime.accounting;

/** An account and nothing else. */
final class TestAccount extends Account {}
