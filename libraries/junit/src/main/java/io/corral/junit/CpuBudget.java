package io.corral.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Limits the CPU time that a test may use. A test that uses more fails, and its message has the
 * excess.
 *
 * <p>What counts is the test method, until it returns: on its own thread, on threads that it
 * starts, and in tasks that it hands over; see {@link io.corral.Containers#measure(Runnable)}.
 * Methods with {@code @BeforeEach} and the like do not count. A budget on a class holds for each of
 * its tests, and for those of nested classes. If there are several, the one that is nearest to the
 * test holds. Without Corral's agent the test is aborted.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(CorralExtension.class)
public @interface CpuBudget {

    /** The budget in milliseconds of CPU time, user and system. */
    long millis();

    /**
     * The number of calls of the test method before the call that counts. They load and compile its
     * code.
     *
     * <p>The calls are on the same instance and with the same arguments. They come after
     * {@code @BeforeEach}, which does not run in between. So the method must work when it is called
     * repeatedly. An exception in one of these calls fails the test. If a test has both budgets,
     * the higher number of warm-ups holds.
     */
    int warmups() default 0;
}
