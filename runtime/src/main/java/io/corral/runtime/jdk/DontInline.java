package io.corral.runtime.jdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what the compiler has to leave a call of its own. The error that {@link ReservedStack} puts off is thrown where a frame
 * of the machine's returns: by that of a caller this was put into, it would come behind what handles it. And what is seldom called
 * need not make its callers too large to be put into theirs. The agent puts the JDK's own annotation of that name in its place.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DontInline {}
