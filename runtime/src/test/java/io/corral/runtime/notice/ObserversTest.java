package io.corral.runtime.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserversTest {

    private final List<String> called = new ArrayList<>();

    @Test
    void eachObserverIsCalledInTheOrderOfAdding() {
        Observer three = three(true);
        Container root = Containers.root();
        three.containerCreated(root);
        three.forked(Thread.currentThread(), root, "inherit", false);
        three.hookFailed("fork", "on purpose", 1);
        assertThat(called)
                .containsExactly(
                        "1 containerCreated",
                        "2 containerCreated",
                        "3 containerCreated",
                        "1 forked",
                        "2 forked",
                        "3 forked",
                        "1 hookFailed",
                        "2 hookFailed",
                        "3 hookFailed");
    }

    @Test
    void switchesAreForObserversThatObserveThem() {
        Observer three = three(false);
        assertThat(three.observesSwitches()).isTrue();
        assertThat(three.observesVirtualExits()).isFalse();
        called.clear();
        Container root = Containers.root();
        three.switched(Thread.currentThread(), root, root);
        assertThat(called).contains("2 switched").doesNotContain("1 switched", "3 switched");
    }

    private Observer three(boolean observeSwitches) {
        Observer two = Observers.with(
                observer("1", observeSwitches), observer("2", /* observesSwitches= */ true));
        return Observers.with(two, observer("3", observeSwitches));
    }

    private Observer observer(String name, boolean observesSwitches) {
        return (Observer) Proxy.newProxyInstance(
                Observer.class.getClassLoader(),
                new Class<?>[] {Observer.class},
                (proxy, method, arguments) -> {
                    called.add(name + " " + method.getName());
                    return method.getReturnType() == boolean.class
                            ? method.getName().equals("observesSwitches") && observesSwitches
                            : null;
                });
    }
}
