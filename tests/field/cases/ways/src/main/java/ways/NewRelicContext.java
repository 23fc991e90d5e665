package ways;

import com.newrelic.api.agent.NewRelic;
import com.newrelic.api.agent.Trace;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** A transaction of New Relic, which its agent takes along into stages of a completable future. */
public final class NewRelicContext implements Consumer<Runnable>, Supplier<String> {

    /** Runs the task in a new transaction. */
    @Override
    @Trace(dispatcher = true)
    public void accept(Runnable task) {
        task.run();
    }

    /** The trace of the current transaction. */
    @Override
    public String get() {
        return NewRelic.getAgent().getTraceMetadata().getTraceId();
    }
}
