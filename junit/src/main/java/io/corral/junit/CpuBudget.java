package io.corral.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How much CPU time a test may use. A test that uses more fails and says by how much.
 *
 * <p>Counted is the test method, on its thread, on the threads that it starts and in the tasks that
 * it hands over, until it returns; see {@link io.corral.Containers#measure(Runnable)}. Methods such
 * as {@code @BeforeEach} are not counted. On a class it holds for each test of it and of its nested
 * classes; the one that is nearest to a test counts. Without Corral's agent the test is aborted.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(CorralExtension.class)
public @interface CpuBudget {

    /** Milliseconds of CPU time, user and system. */
    long millis();

    /**
     * How often the test method is called before the call that counts, so that its code is loaded
     * and compiled.
     *
     * <p>These calls are on the same instance and with the same arguments, after
     * {@code @BeforeEach}, which does not run again. So the method must not depend on running once.
     * An exception in one of them is the test's. If a test has both budgets, the higher number
     * counts.
     */
    int warmups() default 0;
}
