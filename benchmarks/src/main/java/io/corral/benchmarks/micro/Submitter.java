package io.corral.benchmarks.micro;

import io.corral.Container;
import io.corral.Containers;
import io.corral.benchmarks.harness.ExpectedAgent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A container to submit tasks from. Made only for the benchmarks that need one. */
@State(Scope.Thread)
public class Submitter {

    private @Nullable Container container;

    @Setup
    public void make() {
        ExpectedAgent.check();
        container = Containers.at("/bench/submitter");
    }

    Container container() {
        return Objects.requireNonNull(container);
    }
}
