package io.corral.benchmarks.process;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is told of two setups: how many times the base's CPU time the other one takes.
 *
 * @param limit of the ratio; null if it has none
 */
record Comparison(@Nullable Double limit, Setup setup, Setup base) {

    Comparison of(UnaryOperator<Setup> each) {
        return new Comparison(limit, each.apply(setup), each.apply(base));
    }

    /** Each once, bases first. */
    static Set<Setup> setupsOf(Collection<Comparison> comparisons) {
        Set<Setup> setups = new LinkedHashSet<>();
        comparisons.forEach(each -> setups.addAll(List.of(each.base(), each.setup())));
        return setups;
    }
}
