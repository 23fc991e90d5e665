package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.DefaultRulesCompiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RulesCheckTest {

    private static final String TEXT = String.join(
            "\n",
            "2026-01-01 00:00:00",
            "Full thread dump OpenJDK 64-Bit Server VM (21 mixed mode):",
            "",
            "\"batch-7\" #12 [34] prio=5 os_prio=0 cpu=1.0ms tid=0x1 nid=34 waiting on condition "
                    + " [0x2]",
            "   java.lang.Thread.State: WAITING (parking)",
            "\tat jdk.internal.misc.Unsafe.park(java.base@21/Native Method)",
            "\t- parking to wait for  <0x3> (a java.lang.Object)",
            "\tat"
                    + " java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@21/"
                    + "ThreadPoolExecutor.java:642)",
            "\tat java.lang.Thread.runWith(java.base@21/Thread.java:1596)",
            "\tat java.lang.Thread.run(java.base@21/Thread.java:1583)",
            "",
            "\"Timer-0\" #13 prio=5",
            "\tat java.lang.Object.wait0(java.base@21/Native Method)",
            "\tat java.util.TimerThread.run(java.base@21/Timer.java:516)",
            "",
            "\"GC Thread#0\" os_prio=0 cpu=1.0ms tid=0x1 nid=3 runnable",
            "");

    private static final String JSON =
            "{\"threadDump\":{\"threadContainers\":[{\"container\":\"<root>\",\"threads\":["
                    + "{\"tid\":\"1\",\"name\":\"main\",\"stack\":[\"com.acme.Main.main(Main.java:"
                    + "3)\"]},"
                    + "{\"tid\":\"9\",\"name\":\"req-1\",\"stack\":[\"com.acme.Main.lambda(Main."
                    + "java:3)\","
                    + "\"java.base/java.lang.VirtualThread.run(VirtualThread.java:309)\"]}]}]}}";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path rules;

    @BeforeEach
    void setRulesFile() {
        rules = folder.resolve("rules.conf");
    }

    @Test
    void eachThreadIsPrintedWithItsRuleAndItsContainer() throws IOException {
        Files.writeString(
                rules, "class java.util.TimerThread -> /timers\nthread batch-* -> /batch/{1}\n");
        assertThat(check("--threads", written(TEXT))).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "2 rules, no errors",
                        "platform \"batch-7\": " + rules + ":2 -> /batch/7",
                        "platform \"Timer-0\": " + rules + ":1 -> /timers");
    }

    @Test
    void ruleThatHidesAnotherOneForEachRequestIsNamed() throws IOException {
        Files.writeString(
                rules,
                String.join(
                        "\n",
                        "enter com.acme.TenantValve#invoke(..) -> /tenants/{0.tenant}",
                        "enter com.acme.Orders#handle(..) -> /tenants/{0.tenant}",
                        "enter http -> /tenants/none",
                        "enter http -> hierarchy endpoint /{method}/{route}",
                        "enter http -> hierarchy endpoint /{header.X-Endpoint}",
                        "enter org.apache.catalina.core.ApplicationFilterChain#doFilter(..) ->"
                                + " /tenants/{0.userPrincipal.name}"));
        assertThat(check()).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "6 rules, no errors",
                        "warning: " + rules + ":1: this method is called before the first filter,"
                                + " and there " + rules + ":3 (enter http -> /tenants/none) takes"
                                + " every request out of this container; name a method of a filter"
                                + " or of a servlet",
                        "warning: " + rules + ":6: no request gets here, since " + rules
                                + ":3 (enter http -> /tenants/none) matches every one in the same"
                                + " method; put this line before it",
                        "warning: " + rules + ":5: no request gets here, since " + rules
                                + ":4 (enter http -> /{method}/{route}) matches every one");
    }

    @Test
    void weightInAFileThatDividesNothingIsAWarning() throws IOException {
        Files.writeString(rules, "limit /tenants/acme weight 300\n");
        assertThat(check()).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "1 rule, no errors",
                        "warning: " + rules + ":1: this weight has no effect, since no line says"
                                + " fair or requests.max; weights divide what these give");
    }

    @Test
    void weightBesideFairIsNoWarning() throws IOException {
        Files.writeString(rules, "limit /tenants/acme weight 300\nlimit /tenants/* fair\n");
        assertThat(check()).isZero();
        assertThat(out.toString().lines()).containsExactly("2 rules, no errors");
    }

    @Test
    void threadThatEndsTheJvmStaysInTheRoot() throws IOException {
        Files.writeString(rules, "thread batch-* -> /batch\n");
        String dump = "\"DestroyJavaVM\" #17 [4711] prio=5 os_prio=0 cpu=100.00ms elapsed=1.00s"
                + " tid=0x00007f0e94025bb0 nid=4711 waiting on condition"
                + "  [0x0000000000000000]\n   java.lang.Thread.State: RUNNABLE\n";
        assertThat(check("--threads", written(dump))).isZero();
        assertThat(out.toString().lines())
                .containsExactly("1 rule, no errors", "platform \"DestroyJavaVM\": no rule -> /");
    }

    @Test
    void virtualThreadWithANameIsBelowVirtualByItsName() throws IOException {
        Files.writeString(rules, "thread batch-* -> /batch\n");
        String dump = String.join(
                "\n",
                "4711",
                "21.0.13",
                "",
                "#23 \"handler-7\" virtual",
                "      java.base/java.lang.VirtualThread.park(VirtualThread.java:592)",
                "",
                "#24 \"\" virtual",
                "      java.base/java.lang.VirtualThread.park(VirtualThread.java:592)",
                "");
        assertThat(check("--threads", written(dump))).isZero();
        String inherits = ", or where its starter works if that is a container of yours";
        assertThat(out.toString().lines())
                .containsExactly(
                        "1 rule, no errors",
                        "virtual  \"handler-7\": " + rule("kind virtual thread ?* starter chosen")
                                + " -> /threads/virtual/handler" + inherits,
                        "virtual  \"\": " + rule("kind virtual starter chosen")
                                + " -> /threads/virtual" + inherits);
    }

    @Test
    void taskIsTheClassOfTheOutermostMethod() throws IOException {
        Files.writeString(rules, "task *ThreadPoolExecutor$Worker -> hierarchy tools-test /pool\n");
        assertThat(check("--threads", written(TEXT))).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "1 rule, no errors",
                        "platform \"batch-7\": " + rule("pool") + " -> /pools/batch, " + rules
                                + ":1 -> hierarchy tools-test /pool",
                        "platform \"Timer-0\": " + rule("class java.util.TimerThread+")
                                + " -> /pools/Timer");
    }

    /** Dumps in the formats of JDK 21 and 25. */
    @Test
    void virtualThreadsAreReadFromDumpToFile() throws IOException {
        String numbered = String.join(
                "\n",
                "4711",
                "21.0.13",
                "",
                "#1 \"main\"",
                "      java.base/java.lang.Thread.sleep0(Native Method)",
                "      com.acme.Main.main(Main.java:6)",
                "",
                "#23 \"v-1\" virtual",
                "      app//com.acme.Main.lambda$main$2(Main.java:5)",
                "      java.base/java.lang.VirtualThread.run(VirtualThread.java:329)",
                "",
                "#24 \"v-2\" virtual WAITING 2026-11-26T04:46:04.350112489Z",
                "    at com.acme.Main.lambda$main$2(Main.java:5)",
                "    at java.base/java.lang.VirtualThread.run(VirtualThread.java:460)",
                "",
                "#25 \"v-3\" virtual",
                "");
        Files.writeString(rules, "kind virtual -> /virtual\nclass com.acme.* -> /never\n");
        assertThat(check("--threads", written(numbered))).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "2 rules, no errors",
                        "platform \"main\": no rule -> /",
                        "virtual  \"v-1\": " + rules + ":1 -> /virtual",
                        "virtual  \"v-2\": " + rules + ":1 -> /virtual",
                        "virtual  \"v-3\": " + rules + ":1 -> /virtual");
    }

    @Test
    void noRuleAppliesToCorralsThreadsAndAForkJoinWorkerMayBeACarrier() throws IOException {
        Files.writeString(rules, "-> /all\n");
        String dump = String.join(
                "\n",
                "\"corral-rules\" #9 daemon",
                "\tat io.corral.rules.file.RulesFile.run(Unknown Source)",
                "\tat java.lang.Thread.run(java.base@25/Thread.java:1)",
                "\"corral-but-ours\" #10 daemon",
                "\tat com.acme.Own.run(Own.java:1)",
                "\tat java.lang.Thread.run(java.base@25/Thread.java:1)",
                "\"ForkJoinPool-1-worker-1\" #13 daemon",
                "\tat java.util.concurrent.ForkJoinWorkerThread.run(java.base@25/F.java:188)",
                "");
        assertThat(check("--threads", written(dump))).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "1 rule, no errors",
                        "platform \"corral-rules\": no rule -> below /jvm, with the JVM's own"
                                + " threads",
                        "platform \"corral-but-ours\": " + rules + ":1 -> /all",
                        "platform \"ForkJoinPool-1-worker-1\": " + rules
                                + ":1 -> /all, or /jvm/carriers if virtual threads run on it");
    }

    @Test
    void defaultPlaceIsPrintedForAThreadWithoutARule() throws IOException {
        Files.writeString(rules, "thread http-* -> hierarchy tools-test /http\n");
        String dump = String.join(
                "\n",
                "\"Reference Handler\" #9 daemon",
                "\tat"
                        + " java.lang.ref.Reference$ReferenceHandler.run(java.base@25/Reference."
                        + "java:208)",
                "\"http-nio-8080-exec-3\" #10 daemon",
                "\tat org.apache.tomcat.util.threads.ThreadPoolExecutor$Worker.run(app//T.java:3)",
                "\tat java.lang.Thread.run(java.base@25/Thread.java:1)",
                "\"ForkJoinPool.commonPool-worker-1\" #11 daemon",
                "\tat java.util.concurrent.ForkJoinWorkerThread.run(java.base@25/F.java:188)",
                "\"ForkJoinPool-1-worker-1\" #13 daemon",
                "\tat java.util.concurrent.ForkJoinWorkerThread.run(java.base@25/F.java:188)",
                "\"own\" #12",
                "\tat com.acme.Own.run(Own.java:1)",
                "");
        assertThat(check("--threads", written(dump))).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "1 rule, no errors",
                        "platform \"Reference Handler\": no rule -> below /jvm, with the JVM's own"
                                + " threads",
                        "platform \"http-nio-8080-exec-3\": " + rule("pool")
                                + " -> /pools/http-nio-8080-exec, "
                                + rules + ":1 -> hierarchy tools-test /http",
                        "platform \"ForkJoinPool.commonPool-worker-1\": " + rule("pool")
                                + " -> /pools/ForkJoinPool.commonPool-worker",
                        "platform \"ForkJoinPool-1-worker-1\": " + rule("pool")
                                + " -> /pools/ForkJoinPool-1-worker,"
                                + " or /jvm/carriers if virtual threads run on it",
                        "platform \"own\": " + rule("starter chosen")
                                + " -> /threads/own, or where its starter works if that is a"
                                + " container of yours");
    }

    /**
     * Dumps in the format of JDK 21, and in that of JDK 25, which also has the virtual thread's
     * methods.
     */
    @Test
    void noRuleAppliesToACarrier() throws IOException {
        Files.writeString(rules, "class java.lang.* -> /x\n-> /all\n");
        String dump = String.join(
                "\n",
                "\"ForkJoinPool-1-worker-1\" #23 [77] daemon prio=5  [0x0000ffff5d1fe000]",
                "   Carrying virtual thread #22",
                "\tat jdk.internal.vm.Continuation.run(java.base@21.0.9/Continuation.java:251)",
                "\tat java.util.concurrent.ForkJoinWorkerThread.run(java.base@21.0.9/F.java:188)",
                "",
                "\"ForkJoinPool-1-worker-2\" #31 [78] daemon prio=5  [0x0000ffff5d1fe000]",
                "   Carrying virtual thread #29",
                "\tat jdk.internal.vm.Continuation.run(java.base@25.0.1/Continuation.java:293)",
                "\tat java.util.concurrent.ForkJoinWorkerThread.run(java.base@25.0.1/F.java:188)",
                "   Mounted virtual thread #29",
                "\tat com.acme.Main.spin(Main.java:7)",
                "\tat java.lang.VirtualThread.run(java.base@25.0.1/VirtualThread.java:466)",
                "",
                "\"own\" #12",
                "\tat com.acme.Own.run(Own.java:1)",
                "");
        assertThat(check("--threads", written(dump))).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "2 rules, no errors",
                        "platform \"ForkJoinPool-1-worker-1\": no rule -> /jvm/carriers",
                        "platform \"ForkJoinPool-1-worker-2\": no rule -> /jvm/carriers",
                        "platform \"own\": " + rules + ":2 -> /all");
    }

    @Test
    void noRuleAppliesToTheJvmsOwnThreads() throws IOException {
        Files.writeString(rules, "-> /all\n");
        String dump = String.join(
                "\n",
                "\"Finalizer\" #9 daemon",
                "\tat java.lang.ref.Finalizer$FinalizerThread.run(F.java:1)",
                "\"JFR Periodic Tasks\" #20 daemon",
                "\tat java.lang.Thread.run(T.java:1)",
                "\"InnocuousThread-1\" #21 daemon",
                "\tat jdk.internal.misc.InnocuousThread.run(I.java:1)",
                "");
        assertThat(check("--threads", written(dump))).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "1 rule, no errors",
                        "platform \"Finalizer\": no rule -> below /jvm, with the JVM's own threads",
                        "platform \"JFR Periodic Tasks\": no rule -> below /jvm, with the JVM's own"
                                + " threads",
                        "platform \"InnocuousThread-1\": " + rules + ":1 -> /all");
    }

    @Test
    void virtualThreadsAreReadFromJson() throws IOException {
        Files.writeString(
                rules, "kind virtual thread req-* -> /requests\nthread main -> inherit\n");
        assertThat(check("--threads", written(JSON))).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "2 rules, no errors",
                        "platform \"main\": " + rules + ":2 -> inherit",
                        "virtual  \"req-1\": " + rules + ":1 -> /requests");
    }

    @Test
    void allErrorsArePrinted() throws IOException {
        Files.writeString(rules, "thread a kind virt -> /x\nfoo -> /y\n");
        assertThat(check()).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        rules
                                + ":1:15: unknown thread kind \"virt\"; expected platform, virtual"
                                + " or any",
                        rules
                                + ":2:1: unknown condition \"foo\"; expected thread, class, task,"
                                + " group, loader, origin, starter, pool, kind, late, ->, name,"
                                + " enter, handover or limit");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void missingRulesFileIsReported() {
        assertThat(check()).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly("corral: there is no file " + rules);
    }

    /** A rule does not apply if a placeholder gives no valid name. */
    @Test
    void defaultPlaceIsPrintedIfAPlaceholderGivesNoValidName() throws IOException {
        Files.writeString(rules, "thread evil:* -> /evil/{1}\n");
        String worker =
                "\tat java.util.concurrent.ForkJoinWorkerThread.run(java.base@25/F.java:188)";
        String dump = String.join(
                "\n", "\"evil:a/b\" #12", worker, "\"ForkJoinPool-1-worker-1\" #13", worker, "");
        assertThat(check("--threads", written(dump))).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "1 rule, no errors",
                        "platform \"evil:a/b\": " + rule("pool") + " -> /pools/evil:a_b, " + rules
                                + ":1 -> not placed: {1} gives a name with a '/'",
                        "platform \"ForkJoinPool-1-worker-1\": " + rule("pool")
                                + " -> /pools/ForkJoinPool-1-worker,"
                                + " or /jvm/carriers if virtual threads run on it");
    }

    @Test
    void rulesFileThatIsNotUtf8IsReported() throws IOException {
        Files.writeString(rules, "thread Pr\u00fcfer-* -> /x\n", StandardCharsets.ISO_8859_1);
        assertThat(check()).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("corral: can't read " + rules
                        + ": line 1 is not in UTF-8; save the file in UTF-8");
    }

    @Test
    void dumpWithoutThreadsIsReported() throws IOException {
        Files.writeString(rules, "-> /all\n");
        String dump = written("hello");
        assertThat(check("--threads", dump)).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("corral: no threads in " + dump
                        + "; expected a thread dump, as text or as JSON");
    }

    @Test
    void errorListsTheCommandsIfNoneIsGiven() {
        assertThat(commandLine().execute()).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "corral: a command is missing; expected attach, limits, ls, report, rules,"
                                + " top or why; corral --help says what is valid");
    }

    @Test
    void exampleRulesHaveNoErrors() {
        for (String example : List.of("rules.conf", "demo.rules")) {
            rules = Path.of("../../examples", example);
            assertThat(check()).as(err.toString()).isZero();
        }
    }

    @Test
    void readyRulesHaveNoErrors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../../distribution/rules"))) {
            for (Path file : files.toList()) {
                rules = file;
                assertThat(check()).as(err.toString()).isZero();
            }
        }
    }

    /** The page's lines are run by a field test, too. */
    @Test
    void eachLineOfThePageAboutTenantsIsARule() throws IOException {
        String page = Files.readString(Path.of("../..", "docs", "tenants.md"));
        List<String> lines = Pattern.compile("(?m)^enter .*$|(?<=\\| `)enter [^`]*")
                .matcher(page)
                .results()
                .map(line -> line.group().replace("\\|", "|"))
                .toList();
        assertThat(lines).hasSize(17);
        for (String line : lines) {
            Files.writeString(rules, line + "\n");
            assertThat(check()).as("%s: %s%s", line, out, err).isZero();
        }
    }

    @Test
    void placeholderOfAnotherKindOfRuleIsNamed() throws IOException {
        Files.writeString(rules, "enter com.acme.Orders#order -> /tenants/{principal}\n");
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString() + err)
                .contains(":1:41: {principal} is for rules that begin with enter http; expected");
    }

    @Test
    void lineThatDecidesEachLimitOfAContainerIsPrinted() throws IOException {
        Files.writeString(
                rules,
                "limit /tenants/acme weight 300 requests.max max\n"
                        + "limit /tenants/* fair requests.max 50 wait 2s mode monitor\n"
                        + "limit hierarchy endpoint /orders cpu.max 150%\n");
        assertThat(check("--container", "/tenants/acme")).isZero();
        assertThat(out.toString())
                .isEqualTo("3 rules, no errors\n/tenants/acme: fair wait 2s (monitor) " + rules
                        + ":2, weight 300 " + rules + ":1, requests.max max " + rules + ":1\n");
        assertThat(check("--container", "endpoint:/orders")).isZero();
        assertThat(out.toString()).endsWith("endpoint:/orders: cpu.max 150% " + rules + ":3\n");
        assertThat(check("--container", "/tenants")).isZero();
        assertThat(out.toString()).endsWith("\n/tenants: no limits\n");
        assertThat(check("--container", "tenants")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("corral: --container is \"tenants\"; expected a path such as"
                        + " /tenants/acme; ");
    }

    private int check(String... more) {
        List<String> arguments = new ArrayList<>(List.of("rules", "check", rules.toString()));
        arguments.addAll(List.of(more));
        return commandLine().execute(arguments.toArray(new String[0]));
    }

    private CommandLine commandLine() {
        return Tools.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }

    private String written(String dump) throws IOException {
        return Files.writeString(folder.resolve("threads"), dump).toString();
    }

    /** The file and line of the default rule with this condition. */
    private static String rule(String condition) {
        List<String> lines = DefaultRulesCompiler.source().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(condition + " ")) {
                return "default.rules:" + (i + 1);
            }
        }
        throw new IllegalArgumentException(condition);
    }
}
