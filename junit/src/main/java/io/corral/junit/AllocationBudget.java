package io.corral.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How many heap bytes a test may allocate. A test that allocates more fails and says by how much.
 * What counts is the same as for {@link CpuBudget}. Bytes count even if they are collected at once.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(CorralExtension.class)
public @interface AllocationBudget {

    /** Heap bytes, of all objects that are made. */
    long bytes();

    /** See {@link CpuBudget#warmups()}. */
    int warmups() default 0;
}
