package io.corral.benchmarks;

import java.util.List;

/**
 * A JMH benchmark under a variant.
 *
 * @param flags of its JVM, beside the variant's
 */
record Case(Class<?> benchmarks, String method, Variant variant, int threads, List<String> flags) {

    static Case of(Class<?> benchmarks, String method, Variant variant, String... flags) {
        return new Case(benchmarks, method, variant, 1, List.of(flags));
    }

    Case threads(int count) {
        return new Case(benchmarks, method, variant, count, flags);
    }

    boolean isVirtual() {
        return benchmarks.getSimpleName().startsWith("Virtual");
    }

    String name() {
        return benchmarks.getName() + "." + method;
    }
}
