package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.LoggedLines;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Bounds;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What rules do once there are too many containers, or where a path is too long. */
class BoundsOfRulesTest {

    private static final HierarchyTree TREE = Trees.hierarchy("bounds-of-rules");

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @AfterEach
    void restore() {
        Bounds.set(Bounds.DEPTH, Bounds.CONTAINERS);
    }

    @Test
    void furtherValuesGoToOtherOnceTheBoundIsReached() {
        Method method = new Method("enter a.B#c -> hierarchy bounds-of-rules /many/{0}");
        assertThat(method.place("first")).isEqualTo("/many/first");
        Bounds.set(Bounds.DEPTH, Bounds.count());
        List<String> logged = LoggedLines.during(() -> {
            assertThat(method.place("second")).isEqualTo("/many/other");
            assertThat(method.place("third")).isEqualTo("/many/other");
            assertThat(method.place("first")).isEqualTo("/many/first");
        });
        assertThat(logged)
                .containsExactly("f:1: there are " + (Bounds.count() - 1) + " containers, the bound"
                        + " of the option containers; further values go to \"other\""
                        + " (logged once)");
    }

    @Test
    void longPathGoesToOther() {
        Bounds.set(4, Bounds.CONTAINERS);
        Method method = new Method("enter a.B#c -> hierarchy bounds-of-rules /deep/{0|path}");
        assertThat(method.place("a/b/c")).isEqualTo("/deep/a/b/c");
        List<String> logged = LoggedLines.during(() -> {
            assertThat(method.place("a/b/c/d")).isEqualTo("/deep/a/b/other");
            assertThat(method.place("x/y/z/1/2/3")).isEqualTo("/deep/x/y/other");
        });
        assertThat(logged)
                .containsExactly("f:1: a path has more than 4 names, the bound of the option depth;"
                        + " its threads and requests go to \"other\" (logged once)");
    }

    /** Executions of one method with one argument. */
    private static final class Method {

        private final EntryRuleSet rules = new EntryRuleSet();
        private final int site;

        Method(String file) {
            rules.replace(RulesParser.parse("f", file).rules().entries());
            site = rules.site("a.B", List.of(), "c", List.of("java.lang.String"));
        }

        String place(String value) {
            return Membership.ROOT
                    .enter(Objects.requireNonNull(rules.destination(
                            site, Object.class, null, new Object[] {value}, null)))
                    .container(TREE)
                    .path();
        }
    }
}
