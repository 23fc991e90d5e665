package io.corral.junit;

import io.corral.Usage;

import org.junit.jupiter.api.function.Executable;

/**
 * A parameter of a test method, or of a method with {@code @AfterEach}. It needs an annotation of
 * this package on the test, or {@code @ExtendWith(CorralExtension.class)}.
 */
public interface Measured {

    /**
     * Runs a part of the test and says what it used; see
     * {@link io.corral.Containers#measure(Runnable)}.
     *
     * @throws Throwable what the part throws; its usage is then lost
     * @throws org.opentest4j.TestAbortedException without Corral's agent
     */
    Usage run(Executable part) throws Throwable;

    /**
     * What the test method used. It is known once the method has returned, for {@code @AfterEach}.
     *
     * @throws IllegalStateException if the method has not returned
     * @throws org.opentest4j.TestAbortedException without Corral's agent
     */
    Usage usage();
}
