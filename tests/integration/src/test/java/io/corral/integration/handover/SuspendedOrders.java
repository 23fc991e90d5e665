package io.corral.integration.handover;

import io.corral.integration.support.CpuLoad;
import java.util.concurrent.atomic.AtomicLong;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.YieldKt;

/**
 * What Kotlin's compiler makes of
 *
 * <pre>
 * suspend fun handle(tenant: String, burnt: AtomicLong) {
 *     burn(); delay(1); burn(); yield(); burn()
 * }
 * </pre>
 */
final class SuspendedOrders {

    static final String RULE =
            "enter " + SuspendedOrders.class.getName() + "#handle -> /items/kotlin/{0}";

    private SuspendedOrders() {}

    static Object handle(String tenant, AtomicLong burnt, Continuation<? super Unit> caller) {
        Handle state = caller instanceof Handle resumed ? resumed : new Handle(caller, burnt);
        while (true) {
            state.burnt.addAndGet(CpuLoad.millis(8));
            Object outcome;
            switch (state.step++) {
                case 0 -> outcome = DelayKt.delay(1, state);
                case 1 -> outcome = YieldKt.yield(state);
                default -> {
                    return Unit.INSTANCE;
                }
            }
            if (outcome == IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
                return outcome;
            }
        }
    }

    private static final class Handle extends ContinuationImpl {

        private static final long serialVersionUID = 1;

        private final AtomicLong burnt;
        private int step;

        Handle(Continuation<? super Unit> caller, AtomicLong burnt) {
            super(any(caller));
            this.burnt = burnt;
        }

        @SuppressWarnings("unchecked")
        private static Continuation<Object> any(Continuation<? super Unit> caller) {
            return (Continuation<Object>) (Continuation<?>) caller;
        }

        /** Kotlin resumes a function by a call with nulls as its arguments. */
        @Override
        protected Object invokeSuspend(Object result) {
            return handle(null, null, this);
        }
    }
}
