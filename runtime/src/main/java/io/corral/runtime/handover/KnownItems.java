package io.corral.runtime.handover;

import static io.corral.runtime.handover.ItemPoint.Kind.EXECUTE_CALLS;
import static io.corral.runtime.handover.ItemPoint.Kind.MAKE;
import static io.corral.runtime.handover.ItemPoint.Kind.RUN;
import static io.corral.runtime.handover.ItemPoint.Kind.RUN_CALLS;
import static io.corral.runtime.handover.ItemPoint.Kind.SUBMIT;

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
    static @Nullable List<ItemPoint> of(String topLevel) {
        return switch (topLevel) {
            case "com/google/common/util/concurrent/SequentialExecutor" -> ofExecutor(topLevel, 0);
            case "io/vertx/core/impl/TaskQueue" -> ofExecutor(topLevel, 1);
            case "org/apache/pekko/dispatch/Dispatcher",
                    "org/apache/pekko/dispatch/BalancingDispatcher" -> ofDispatcher(topLevel, 2);
            case "org/apache/pekko/actor/UnstartedCell" ->
                List.of(point(SUBMIT, topLevel, SEND + "org/apache/pekko/" + ENVELOPE, 0, 2));
            case "org/apache/pekko/actor/ActorCell" ->
                List.of(point(RUN, topLevel, "invoke", 0, 2));
            case "akka/dispatch/Dispatcher", "akka/dispatch/BalancingDispatcher" ->
                ofDispatcher(topLevel, 3);
            case "akka/actor/UnstartedCell" ->
                List.of(point(SUBMIT, topLevel, SEND + "akka/" + ENVELOPE, 0, 3));
            case "akka/actor/ActorCell" -> List.of(point(RUN, topLevel, "invoke", 0, 3));
            case "reactor/core/scheduler/ExecutorScheduler" -> {
                List<ItemPoint> points = ofTask(topLevel + "$ExecutorTrackedRunnable", 4);
                points.add(point(
                        EXECUTE_CALLS,
                        topLevel + "$ExecutorSchedulerTrampolineWorker",
                        null,
                        0,
                        4));
                yield points;
            }
            // A task may run several times. A continuation that is used again has a new submitter.
            case "kotlinx/coroutines/DispatchedTask" -> ofTask(topLevel, 5);
            case "kotlinx/coroutines/CancellableContinuationImpl" ->
                List.of(point(MAKE, topLevel, "resetStateReusable", ItemPoint.SELF, 5));
            case "io/reactivex/rxjava3/internal/schedulers/ExecutorScheduler" -> {
                String worker = topLevel + "$ExecutorWorker";
                List<ItemPoint> points = ofTask(worker + "$BooleanRunnable", 6);
                points.addAll(ofTask(worker + "$InterruptibleRunnable", 6));
                points.add(point(EXECUTE_CALLS, worker, null, 0, 6));
                yield points;
            }
            default -> null;
        };
    }

    /** The points of an executor that runs tasks in its methods or in those of nested classes. */
    private static List<ItemPoint> ofExecutor(String owner, int number) {
        return List.of(
                point(SUBMIT, owner, "execute", 0, number),
                point(RUN_CALLS, owner, null, 0, number),
                point(EXECUTE_CALLS, owner, null, 0, number));
    }

    private static List<ItemPoint> ofDispatcher(String owner, int number) {
        return List.of(
                point(SUBMIT, owner, "dispatch", 1, number),
                point(EXECUTE_CALLS, owner, "registerForExecution", 0, number));
    }

    private static List<ItemPoint> ofTask(String owner, int number) {
        List<ItemPoint> points = new ArrayList<>();
        points.add(point(MAKE, owner, "<init>", ItemPoint.SELF, number));
        points.add(point(RUN, owner, "run", ItemPoint.SELF, number));
        return points;
    }

    private static ItemPoint point(
            ItemPoint.Kind kind, String owner, @Nullable String method, int argument, int number) {
        return new ItemPoint(kind, owner, method, argument, number, null);
    }
}
