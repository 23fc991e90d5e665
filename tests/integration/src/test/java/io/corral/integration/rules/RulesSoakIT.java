package io.corral.integration.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules change each second for ten minutes while threads, tasks and methods use them. */
@Tag("stress")
class RulesSoakIT {

    private static final int SECONDS = Integer.getInteger("corral.soak.seconds", 600);

    private static final String METHOD =
            "enter " + RulesSoakProgram.class.getName() + "$Orders#handle(String)";

    /**
     * The versions of the file: rules come and go, one is faulty, one is empty, and once there is
     * no file.
     */
    private static final List<String> VERSIONS = List.of(
            "thread soak-* -> /threads/{1}\n" + METHOD + " -> /first/{0}\n",
            "thread soak-* -> hierarchy other /{1}\n" + METHOD
                    + " -> hierarchy other /second/{0}\n",
            "thread soak- kind nobody -> /broken\n",
            METHOD + " -> /third/{this.name}\nhandover soak-* -> off\n",
            "",
            "thread /soak-(\\d)\\d*/ -> /digits/{1}\nenter http -> /{method}\n");

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void countsStayExactAndNothingGrows(Jdk jdk) throws Exception {
        Path rules = Files.writeString(folder.resolve("rules.conf"), VERSIONS.get(0));
        Thread writer = new Thread(() -> rewriteEachSecond(rules), "writer");
        writer.start();
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .timeoutSeconds(SECONDS + 240)
                .agentArguments("rules=" + rules)
                // Softly reachable objects would count as growth. On 17 so would the classes that
                // the JVM generates for the 16th reflective call of a method: Byte Buddy calls
                // about a hundred methods so, many of them once for each version.
                .flags(
                        "-Xmx256m",
                        "-Xms256m",
                        "-XX:+UseSerialGC",
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-Dsun.reflect.noInflation=true")
                .runMain(RulesSoakProgram.class, Integer.toString(SECONDS));
        writer.interrupt();
        writer.join();
        System.out.println("soak on " + jdk + ":\n" + outcome.out());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.number("live")).isZero();
        assertThat(outcome.number("negative")).isZero();
        assertThat(outcome.number("wrong")).isZero();
        assertThat(outcome.number("places")).isGreaterThan(8);
        assertThat(outcome.number("grownKilobytes")).isLessThan(8_192);
        // Some classes have a former version that the JVM has not cleaned up: 10 to 27. A leak for
        // each version of the rules with a getter would add 90 or more in ten minutes.
        assertThat(outcome.number("grownClasses")).isLessThan(60);
        assertThat(outcome.err()).doesNotContain("hook failed").doesNotContain("can't be woven");
    }

    private void rewriteEachSecond(Path rules) {
        try {
            for (int i = 1; true; i++) {
                Thread.sleep(1_000);
                if (i % 20 == 0) {
                    Files.deleteIfExists(rules);
                } else {
                    Path next = Files.writeString(
                            folder.resolve("next.conf"),
                            "# " + i + "\n" + VERSIONS.get(i % VERSIONS.size()));
                    Files.move(next, rules, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (InterruptedException over) {
            // The JVM has ended.
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
