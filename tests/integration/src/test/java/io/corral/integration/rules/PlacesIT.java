package io.corral.integration.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many more tenants than places, and a client that invents names. */
@Tag("full")
class PlacesIT {

    private static final int TENANTS = Integer.getInteger("corral.places.tenants", 4_000);
    private static final int ACTIVE = 500;
    private static final int PLACES = 1_000;

    @TempDir
    Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    /**
     * A request is charged what the program measures, and a few microseconds of its way in and out.
     * An interrupt of the CPU counts as well. So a tenant with three milliseconds may have a tenth
     * more, a few of them more than that, and all of them together have one per cent.
     */
    @ParameterizedTest
    @MethodSource("newest")
    void eachActiveTenantHasItsPlaceAndIdleOnesGiveWay(Jdk jdk) throws IOException {
        Path rules = folder.resolve("rules.conf");
        Files.writeString(
                rules,
                "enter " + PlacesProgram.class.getName()
                        + "$Service#serve(String, ..) -> /tenants/{0}\n");
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .timeoutSeconds(60 + TENANTS / 50)
                .flags(CpuLoad.FLAG)
                .agentArguments("idle=1s,rules=" + rules)
                .runMain(PlacesProgram.class, "" + TENANTS);
        assertThat(outcome.number("served")).isEqualTo(TENANTS);
        assertThat(outcome.number("charged"))
                .isCloseTo(outcome.number("measured"), Percentage.withPercentage(1));
        assertThat(outcome.number("right")).isCloseTo(TENANTS - ACTIVE, within(TENANTS * 3L / 100));
        assertThat(outcome.number("low")).isLessThan(TENANTS * 3L / 100);
        assertThat(outcome.number("most-places")).isBetween((long) ACTIVE, PLACES + 1L);
        assertThat(outcome.number("removed")).isPositive();
        assertThat(outcome.number("removed-active")).isZero();
        assertThat(outcome.number("grown")).isEqualTo(ACTIVE);
        assertThat(outcome.number("invented")).isGreaterThan(1_000);
        assertThat(outcome.number("invented-with-a-place")).isPositive();
        for (String name :
                new String[] {"container.ContainerNode", "membership.Membership", "api.ApiContainer"
                }) {
            assertThat(outcome.number(name)).as(name).isLessThan(2 * PLACES);
        }
    }
}
