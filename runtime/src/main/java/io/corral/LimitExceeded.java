package io.corral;

/**
 * A limit was exceeded; see {@link Limits#onExceeded}.
 *
 * @param container the container that has the limit
 * @param control the limit as the rules file calls it, such as {@code requests.max}
 * @param limit its value: requests or threads; for {@code cpu.max} nanoseconds of CPU time a
 *     second; for {@code fair} the number of requests that may run
 * @param use what was in use, in the same unit
 * @param mode whether the limit has delayed or refused something, or only counted it
 */
public record LimitExceeded(
        Container container, String control, long limit, long use, Limits.Mode mode) {}
