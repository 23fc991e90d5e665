package io.corral.junit;

import io.corral.Usage;

import org.junit.jupiter.api.function.Executable;

/**
 * Measures parts of a test, or a whole test. It is a parameter of a test method or of a method with
 * {@code @AfterEach}. The test needs an annotation of this package, or
 * {@code @ExtendWith(CorralExtension.class)}.
 */
public interface Measured {

    /**
     * Runs a part of the test on the calling thread, and returns its usage; see
     * {@link io.corral.Containers#measure(Runnable)}.
     *
     * @throws Throwable the exception of the part; its usage is lost then
     * @throws org.opentest4j.TestAbortedException without Corral's agent
     */
    Usage run(Executable part) throws Throwable;

    /**
     * The usage of the test method. It is known after the method has returned, so call it in a
     * method with {@code @AfterEach}. A number that this JVM does not measure is
     * {@link Usage#UNKNOWN}.
     *
     * @throws IllegalStateException if the test method has not returned
     * @throws org.opentest4j.TestAbortedException without Corral's agent
     */
    Usage usage();
}
