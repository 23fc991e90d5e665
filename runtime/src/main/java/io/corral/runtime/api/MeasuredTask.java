package io.corral.runtime.api;

import io.corral.Scope;
import io.corral.Usage;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.membership.Measurement;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Members;
import io.corral.runtime.usage.Usages;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One measured task, from its beginning to its return. */
final class MeasuredTask {

    private final Measurement measurement;
    private final Scope scope;
    private @Nullable Usage usage;

    /** False if the calling thread runs its own exit callbacks, since it is no longer charged. */
    private final boolean isCounted;

    private MeasuredTask(Measurement measurement, Scope scope) {
        this.measurement = measurement;
        this.scope = scope;
        this.isCounted = Members.isWoven() && Members.currentOrNull() != null;
    }

    static MeasuredTask begin() {
        Measurement measurement = Measurement.begin(Members.currentWorking());
        return new MeasuredTask(measurement, EnteredScope.open(measurement));
    }

    /** Called when the task has returned or thrown. Closes scopes that it has left open. */
    void end() {
        try {
            scope.close();
            usage = isCounted ? Usages.of(measurement) : MutableUsage.UNKNOWN;
        } finally {
            measurement.end();
        }
    }

    /** The usage of the task. Call it after {@link #end}. */
    Usage usage() {
        return Objects.requireNonNull(usage);
    }
}
