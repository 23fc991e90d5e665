package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.Waits;
import io.corral.runtime.notice.Observer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A subsystem sees the switches between two tasks of one container. For an observer, such as a
 * recording's, the worker stays in the container.
 */
final class SwitchCallbacksScenarios {

    private SwitchCallbacksScenarios() {}

    /** One scenario for both, as a subsystem stays registered. */
    @Scenario
    static void subsystemSeesTheSwitchesOfEachTaskAndObserverOneStay() throws Exception {
        List<String> switches = Collections.synchronizedList(new ArrayList<>());

        Observer.Current.observer = observer(switches);
        runTwoTasks("observed");
        Observer.Current.observer = null;
        assertThat(switches).containsExactly("/switches", "/pools/observed");

        switches.clear();
        Containers.register(new Subsystem() {
            @Override
            public void switched(Thread thread, Container from, Container to) {
                if (thread.getName().equals("asked-for-1")) {
                    switches.add(to.path());
                }
            }
        });
        runTwoTasks("asked-for");
        assertThat(switches)
                .containsExactly("/switches", "/pools/asked-for", "/switches", "/pools/asked-for");
    }

    /** An observer such as a recording's. */
    private static Observer observer(List<String> switches) {
        return (Observer) Proxy.newProxyInstance(
                Observer.class.getClassLoader(),
                new Class<?>[] {Observer.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("switched")
                            && ((Thread) arguments[0]).getName().equals("observed-1")) {
                        switches.add(((Container) arguments[2]).path());
                    }
                    return method.getReturnType() == boolean.class
                            ? method.getName().equals("observesSwitches")
                            : null;
                });
    }

    /** Both wait in the queue at the same time. */
    private static void runTwoTasks(String name) throws Exception {
        ExecutorService pool =
                Executors.newFixedThreadPool(1, task -> new Thread(task, name + "-1"));
        CountDownLatch opened = new CountDownLatch(1);
        pool.execute(() -> Waits.await(opened));
        try (Scope scope = Containers.at("/switches").enter()) {
            pool.execute(() -> {});
            pool.execute(() -> {});
        }
        opened.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
}
