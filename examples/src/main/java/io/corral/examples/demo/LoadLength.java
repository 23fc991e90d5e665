package io.corral.examples.demo;

/**
 * How long a stretch of load lasts.
 *
 * @param unit {@code seconds} or {@code requests}, as the load generator takes it
 */
record LoadLength(String unit, int amount) {

    static LoadLength seconds(int amount) {
        return new LoadLength("seconds", amount);
    }

    static LoadLength requests(int amount) {
        return new LoadLength("requests", amount);
    }
}
