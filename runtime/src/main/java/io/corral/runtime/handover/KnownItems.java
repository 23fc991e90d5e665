package io.corral.runtime.handover;

import static io.corral.runtime.handover.ItemEnd.Kind.CALLS;
import static io.corral.runtime.handover.ItemEnd.Kind.EXECUTES;
import static io.corral.runtime.handover.ItemEnd.Kind.MAKE;
import static io.corral.runtime.handover.ItemEnd.Kind.RUN;
import static io.corral.runtime.handover.ItemEnd.Kind.SUBMIT;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The executors of libraries that Corral knows without a rule. */
final class KnownItems {

    /**
     * A method, with the beginning of its descriptor, since another overload takes the message
     * instead of the envelope.
     */
    private static final String SEND = "sendMessage(L";

    private static final String ENVELOPE = "dispatch/Envelope;)";

    private KnownItems() {}

    /**
     * The points of a class. Fast, since this is called for each class of the application.
     *
     * @param topLevel the internal name of a top-level class
     * @return null if no point is known
     */
    static @Nullable List<ItemEnd> of(String topLevel) {
        return switch (topLevel) {
            case "com/google/common/util/concurrent/SequentialExecutor" -> ofExecutor(topLevel, 0);
            case "io/vertx/core/impl/TaskQueue" -> ofExecutor(topLevel, 1);
            case "org/apache/pekko/dispatch/Dispatcher",
                    "org/apache/pekko/dispatch/BalancingDispatcher" -> ofDispatcher(topLevel, 2);
            case "org/apache/pekko/actor/UnstartedCell" ->
                List.of(end(SUBMIT, topLevel, SEND + "org/apache/pekko/" + ENVELOPE, 0, 2));
            case "org/apache/pekko/actor/ActorCell" -> List.of(end(RUN, topLevel, "invoke", 0, 2));
            case "akka/dispatch/Dispatcher", "akka/dispatch/BalancingDispatcher" ->
                ofDispatcher(topLevel, 3);
            case "akka/actor/UnstartedCell" ->
                List.of(end(SUBMIT, topLevel, SEND + "akka/" + ENVELOPE, 0, 3));
            case "akka/actor/ActorCell" -> List.of(end(RUN, topLevel, "invoke", 0, 3));
            case "reactor/core/scheduler/ExecutorScheduler" -> {
                List<ItemEnd> ends = ofTask(topLevel + "$ExecutorTrackedRunnable", 4);
                ends.add(
                        end(EXECUTES, topLevel + "$ExecutorSchedulerTrampolineWorker", null, 0, 4));
                yield ends;
            }
            // A task may run several times. A continuation that is used again has a new submitter.
            case "kotlinx/coroutines/DispatchedTask" -> ofTask(topLevel, 5);
            case "kotlinx/coroutines/CancellableContinuationImpl" ->
                List.of(end(MAKE, topLevel, "resetStateReusable", ItemEnd.SELF, 5));
            case "io/reactivex/rxjava3/internal/schedulers/ExecutorScheduler" -> {
                String worker = topLevel + "$ExecutorWorker";
                List<ItemEnd> ends = ofTask(worker + "$BooleanRunnable", 6);
                ends.addAll(ofTask(worker + "$InterruptibleRunnable", 6));
                ends.add(end(EXECUTES, worker, null, 0, 6));
                yield ends;
            }
            default -> null;
        };
    }

    /** The points of an executor that runs tasks in its methods or in those of nested classes. */
    private static List<ItemEnd> ofExecutor(String owner, int number) {
        return List.of(
                end(SUBMIT, owner, "execute", 0, number),
                end(CALLS, owner, null, 0, number),
                end(EXECUTES, owner, null, 0, number));
    }

    private static List<ItemEnd> ofDispatcher(String owner, int number) {
        return List.of(
                end(SUBMIT, owner, "dispatch", 1, number),
                end(EXECUTES, owner, "registerForExecution", 0, number));
    }

    private static List<ItemEnd> ofTask(String owner, int number) {
        List<ItemEnd> ends = new ArrayList<>();
        ends.add(end(MAKE, owner, "<init>", ItemEnd.SELF, number));
        ends.add(end(RUN, owner, "run", ItemEnd.SELF, number));
        return ends;
    }

    private static ItemEnd end(
            ItemEnd.Kind kind, String owner, @Nullable String method, int argument, int number) {
        return new ItemEnd(kind, owner, method, argument, number, null);
    }
}
