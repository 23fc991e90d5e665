package io.corral.examples.demo;

/**
 * How long the load lasts.
 *
 * @param unit {@code seconds} or {@code requests}, an argument of the load generator
 */
record LoadLength(String unit, int amount) {

    static LoadLength seconds(int amount) {
        return new LoadLength("seconds", amount);
    }

    static LoadLength requests(int amount) {
        return new LoadLength("requests", amount);
    }
}
