package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.runtime.membership.Removal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundsTest {

    private static final HierarchyTree TREE = Trees.hierarchy("bounds");

    @AfterEach
    void restore() {
        Bounds.set(Bounds.DEPTH, Bounds.CONTAINERS);
    }

    @Test
    void tooDeepPathCreatesNothingAndMessageNamesTheBound() {
        assertThatThrownBy(() -> TREE.at("/deep".repeat(8_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("can't create \"deep\" and 7999 levels below it in container bounds:/:"
                        + " containers are at most 64 levels deep (option depth), and this would be"
                        + " 8000");
        assertThat(TREE.root().child("deep")).isNull();
    }

    @Test
    void containerAtTheDepthBoundIsReadableAndGetsNoChild() {
        ContainerNode deepest = TREE.at("/d".repeat(64));
        assertThat(deepest.depth()).isEqualTo(64);
        assertThatThrownBy(() -> deepest.create("child"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(option depth), and this would be 65");
        assertThatThrownBy(() -> deepest.at("a/b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a\" and 1 levels below it");
        assertThat(TREE.at("/d".repeat(64))).isSameAs(deepest);
    }

    /** A reading needs little stack, also where the bound is the highest that can be set. */
    @Test
    void highestDepthIsReadOnASmallStack() throws InterruptedException {
        Bounds.set(256, Bounds.CONTAINERS);
        ContainerNode deepest = TREE.at("/highest".repeat(256));
        Throwable[] failure = new Throwable[1];
        Map<?, ?>[] usages = new Map<?, ?>[1];
        Thread reader = new Thread(
                null,
                () -> {
                    Map<Container, Usage> all = Containers.hierarchy("bounds").usages();
                    usages[0] = all;
                    deepest.hierarchy().root().isPopulated();
                },
                "small",
                256 * 1024);
        reader.setUncaughtExceptionHandler((thread, thrown) -> failure[0] = thrown);
        reader.start();
        reader.join();
        assertThat(failure[0]).isNull();
        assertThat(usages[0].keySet()).hasSizeGreaterThan(256);
    }

    @Test
    void containerAboveTheBoundIsRefusedUntilAnotherIsRemoved() {
        ContainerNode last = TREE.root().create("last");
        Bounds.set(Bounds.DEPTH, Bounds.count());
        String message = " in container bounds:/: there are " + Bounds.count()
                + " containers, and the bound is " + Bounds.count() + " (option containers)";
        assertThatThrownBy(() -> TREE.root().create("more"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("can't create \"more\"" + message);
        assertThatThrownBy(() -> TREE.at("/more"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("can't create \"more\"" + message);
        assertThat(TREE.at("/last")).isSameAs(last);
        Removal.remove(last);
        Removal.remove(TREE.at("/more"));
    }
}
