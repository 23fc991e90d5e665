package io.corral.integration.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that name methods of an application that does not use Corral. */
class EntryRulesIT {

    private static final String PROGRAM = EntryRulesProgram.class.getName();

    @TempDir
    Path folder;

    private Path rules;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @BeforeEach
    void setRulesFile() {
        rules = folder.resolve("rules.conf");
    }

    /** Otherwise a limit would miss a thread that is still alive. */
    @ParameterizedTest
    @MethodSource("newest")
    void threadStartedByAPlaceholdersGetterCallsTheSubsystems(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome =
                run(jdk, "starts", "enter " + PROGRAM + "$Orders#find(int) -> /{this.starter}");
        assertThat(outcome.value("started")).isEqualTo("/starter /");
        assertThat(outcome.value("callbacks")).isEqualTo("11");
    }

    @Scenario(105)
    @ParameterizedTest
    @MethodSource("jdks")
    void methodRunsWhereTheFirstRuleOfEachHierarchySays(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = run(
                jdk,
                "places",
                "enter " + PROGRAM + "$Handler+#handle(*, ..) -> /tenants/{0.tenant.id}",
                "enter " + PROGRAM + "$Orders#handle -> hierarchy endpoint /{class}/{method}",
                "enter " + PROGRAM + "$Orders#byName(String) -> /names/{0}",
                "enter " + PROGRAM + "$Orders#find(int) -> /numbers/{0}",
                "enter " + PROGRAM + "$Orders#find(..) -> /others/{this.name}",
                "enter " + PROGRAM + "$Orders#mapped -> /maps/{0.tenant}",
                "enter " + PROGRAM + "$Handler#inherited -> /inherited",
                "enter " + PROGRAM + "$Orders#lambda$* -> /lambdas/{0}");
        assertThat(outcome.value("record"))
                .isEqualTo("/tenants/acme /EntryRulesProgram$Orders/handle");
        assertThat(outcome.value("static")).isEqualTo("/names/globex /");
        assertThat(outcome.value("overloaded")).isEqualTo("/numbers/7 / /others/shop /");
        assertThat(outcome.value("map")).isEqualTo("/maps/initech /");
        assertThat(outcome.value("nested")).isEqualTo("/names/inner / then /names/outer /");
        assertThat(outcome.value("again")).isEqualTo("/names/again / then /names/again /");
        assertThat(outcome.value("started")).isEqualTo("/names/parent /");
        assertThat(outcome.value("thrown")).isEqualTo("no such order, after / /");
        assertThat(outcome.value("default")).isEqualTo("/inherited /");
        assertThat(outcome.value("lambda")).isEqualTo("/ /");
        assertThat(outcome.value("after")).isEqualTo("/ /");
        assertThat(outcome.errLines())
                .singleElement()
                .asString()
                .contains("has no method " + PROGRAM + "$Orders#lambda$* with a body");
        assertThat(outcome.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void lambdaIsNamedByTheMethodThatCreatesIt(Jdk jdk) throws IOException {
        String routes = PROGRAM + "$Routes";
        ForkedJvm.Outcome outcome = run(
                jdk,
                "lambdas",
                "enter lambda " + routes + "#typed(Integer) -> /typed/{0}",
                "enter lambda " + routes + "#plain -> /lambdas/{method}/{0}",
                "enter lambda " + routes + "#capturing -> /lambdas/{this.name}/{0}",
                "enter lambda " + routes + "#nested(*) -> /lambdas/{method}/{0}",
                "enter " + routes + "#assembled -> /assembled",
                "enter lambda " + routes + "#none -> /none");
        assertThat(outcome.value("plain")).isEqualTo("/lambdas/plain/one /");
        assertThat(outcome.value("capturing")).isEqualTo("/lambdas/routes/two /");
        assertThat(outcome.value("nested")).isEqualTo("/lambdas/nested/three /");
        assertThat(outcome.value("typed")).isEqualTo("/ / and /typed/1 /");
        assertThat(outcome.errLines())
                .containsExactly(
                        "corral: " + rules + ":5: " + routes
                                + "#assembled returns a java.util.concurrent.Flow$Publisher, which"
                                + " runs after the method has returned: the rule covers only the"
                                + " code that puts it together; name the method that does the work",
                        "corral: " + rules + ":6: the rule for lambda " + routes
                                + "#none matched no lambda: no such method of a loaded class of the"
                                + " application makes one");
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void invalidNameKeepsTheContainerAndPrintsOneLine(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = run(
                jdk,
                "unfit",
                "enter " + PROGRAM + "$Orders#byName -> /names/{0}",
                "enter " + PROGRAM + "$Orders#handle -> /tenants/{0.tenant.id}",
                "enter " + PROGRAM + "$Orders#mapped -> /throws/{this.failing}",
                "enter " + PROGRAM + "$Orders#find(int) -> /missing/{this.nothing}");
        assertThat(outcome.value("control")).isEqualTo("/names/a\\nb /");
        for (String key :
                List.of("null", "dots", "slash", "long", "nullProperty", "throws", "missing")) {
            assertThat(outcome.value(key)).as(key).isEqualTo("/ /");
        }
        assertThat(outcome.errLines())
                .hasSize(4)
                .anyMatch(line -> line.contains(":1: an execution of " + PROGRAM
                        + "$Orders#byName is placed as if this rule were not there"
                        + " (logged once): {0} is null"))
                .anyMatch(line -> line.contains(":2: ")
                        && line.endsWith("{0.tenant.id} is null before \"id\""))
                .anyMatch(line -> line.contains(":3: ")
                        && line.endsWith("{this.failing} has thrown"
                                + " java.lang.IllegalStateException: broken"))
                .anyMatch(line -> line.contains(":4: ")
                        && line.endsWith("$Orders has no \"nothing\" that can be read"));
        assertThat(outcome.exitCode()).isZero();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void valuesBeyondTheCapShareOneContainer(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome =
                run(jdk, "many", "enter " + PROGRAM + "$Orders#byName -> /names/{0}");
        assertThat(outcome.number("children")).isEqualTo(1_001);
        assertThat(outcome.value("last")).isEqualTo("/names/other /");
        assertThat(outcome.errLines())
                .containsExactly("corral: " + rules
                        + ":1: there is no room for more containers in main:/names, and none may"
                        + " give way; further values go to \"other\" until one may (options places"
                        + " and idle, logged once)");
    }

    /** The same rule also matches the getter. */
    @ParameterizedTest
    @MethodSource("newest")
    void methodsCalledByAPlaceholderAreNotEntered(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome =
                run(jdk, "getter", "enter " + PROGRAM + "$Orders#getName -> /names/{this.name}");
        assertThat(outcome.value("getter")).isEqualTo("/names/shop /");
        assertThat(outcome.errLines()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("newest")
    void wovenClassesRunInALoaderThatFindsNoClassOfCorral(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome =
                run(jdk, "isolated", "enter *$Isolated#run -> /isolated/{class}");
        assertThat(outcome.value("isolated")).isEqualTo("/isolated/EntryRulesProgram$Isolated /");
        assertThat(outcome.errLines()).isEmpty();
    }

    @Scenario(106)
    @ParameterizedTest
    @MethodSource("newest")
    void reloadedRulesWeaveOtherMethodsOfLoadedClasses(Jdk jdk) throws IOException {
        Files.writeString(rules, "enter " + PROGRAM + "$Orders#byName -> /first/{0}\n");
        ForkedJvm.Outcome outcome = run(jdk, "reload", rules.toString(), PROGRAM);
        assertThat(outcome.value("first")).isEqualTo("/first/a / and / /");
        assertThat(outcome.value("second")).isEqualTo("/ / and /second/2 /");
        assertThat(outcome.value("none")).isEqualTo("/ / and / /");
        assertThat(outcome.errLines()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("newest")
    void unusedRuleIsReportedAtTheEnd(Jdk jdk) throws IOException {
        ForkedJvm.Outcome outcome = run(
                jdk,
                "getter",
                "enter " + PROGRAM + "$Orders#getNam -> /names/{this.name}",
                "enter " + PROGRAM + "$Absent#getName -> /names/{this.name}",
                "enter http -> /{method}");
        assertThat(outcome.errLines())
                .containsExactlyInAnyOrder(
                        "corral: " + rules + ":1: the class that was loaded has no method "
                                + PROGRAM + "$Orders#getNam with a body; its calls are charged as"
                                + " without this rule",
                        "corral: " + rules + ":2: the rule for " + PROGRAM
                                + "$Absent#getName matched no method: no loaded class of the"
                                + " application has such a method and a body for it; name the class"
                                + " that has the body, or append + to match its subtypes",
                        "corral: " + rules
                                + ":3: the rule for http found no server that it knows:"
                                + " Tomcat, Jetty, Undertow, Spring MVC, Spring WebFlux, Netty,"
                                + " Helidon, Vert.x, the JDK's HttpServer");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void byteBuddyIsLoadedOnlyIfARuleNamesMethods(Jdk jdk) throws IOException {
        assertThat(classes(jdk, "thread a -> /a")).doesNotContain("io.corral.methods");
        assertThat(classes(jdk, "enter a#b -> /a"))
                .contains("io.corral.methods.bytebuddy.agent.builder.AgentBuilder")
                .doesNotContain(" net.bytebuddy.");
    }

    private String classes(Jdk jdk, String rule) throws IOException {
        Files.writeString(rules, rule + "\n");
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .flags("-Xlog:class+load")
                .runMain(EntryRulesProgram.class, "getter")
                .out();
    }

    private ForkedJvm.Outcome run(Jdk jdk, String what, String... lines) throws IOException {
        boolean isWritten = what.equals("reload");
        if (!isWritten) {
            Files.writeString(rules, String.join("\n", lines) + "\n");
        }
        String[] arguments = isWritten
                ? Stream.concat(Stream.of(what), Stream.of(lines)).toArray(String[]::new)
                : new String[] {what};
        return ForkedJvm.on(jdk)
                .agentArguments("rules=" + rules)
                .runMain(EntryRulesProgram.class, arguments);
    }
}
