package io.corral.examples.demo;

import java.util.Locale;

/** What the load generator reports at its end. */
record LoadResult(long requests, long millis) {

    /** Parses the line {@code done REQUESTS MILLIS}. */
    static LoadResult of(String line) {
        String[] words = line.split(" ", -1);
        return new LoadResult(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d requests, %,d a second, 0 errors",
                requests,
                requests * 1_000 / millis);
    }
}
