package io.corral.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Limits the heap bytes that a test may allocate. A test that allocates more fails, and its message
 * has the excess. The same code counts as for {@link CpuBudget}. Bytes count even if their objects
 * are collected at once.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(CorralExtension.class)
public @interface AllocationBudget {

    /** The budget in heap bytes, for all objects that are allocated. */
    long bytes();

    /** See {@link CpuBudget#warmups()}. */
    int warmups() default 0;
}
