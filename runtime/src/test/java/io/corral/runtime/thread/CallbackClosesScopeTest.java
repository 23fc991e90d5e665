package io.corral.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Subsystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A subsystem that closes a scope of the application's while the thread enters another. */
class CallbackClosesScopeTest {

    private static @Nullable Scope toClose;

    private static final class Closing implements Subsystem {

        @Override
        public String name() {
            return "closing";
        }

        @Override
        public void switched(Thread thread, Container from, Container to) {
            Scope scope = toClose;
            toClose = null;
            if (scope != null) {
                scope.close();
            }
        }
    }

    @Test
    void scopeClosedByACallbackWhileItOpensClosesNoOtherScope() {
        Subsystem closing = new Closing();
        Containers.register(closing);
        try {
            openAndCloseScopes();
        } finally {
            Containers.unregister(closing);
        }
    }

    private static void openAndCloseScopes() {
        Container last = Containers.at("/callback/last");
        toClose = Containers.at("/callback/outer").enter();
        Scope closedMeanwhile = Containers.at("/callback/inner").enter();
        assertThat(Containers.current()).isEqualTo(Containers.root());
        try (Scope scope = last.enter()) {
            closedMeanwhile.close();
            assertThat(Containers.current()).isEqualTo(last);
        }
        assertThat(Containers.current()).isEqualTo(Containers.root());
    }
}
