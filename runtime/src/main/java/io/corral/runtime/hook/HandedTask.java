package io.corral.runtime.hook;

import org.jspecify.annotations.Nullable;

/** A task of the JDK's that remembers where it comes from: woven into it when its class is loaded. */
public interface HandedTask {

    /** A {@code Membership}, or null. */
    @Nullable Object corral$submitter();

    void corral$submitter(@Nullable Object submitter);
}
