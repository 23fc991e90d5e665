package io.corral.integration.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many more tenants than places, and a client that invents names. */
@Tag("full")
class PlacesIT {

    private static final int TENANTS = Integer.getInteger("corral.places.tenants", 4_000);
    private static final int ACTIVE = 500;
    private static final int PLACES = 1_000;

    /** Names that a client invents in a minute. */
    private static final int FEW_INVENTED = 6_000;

    private static final int MANY_INVENTED = 100_000;

    @TempDir
    Path folder;

    /** There is a place for each active tenant, each idle one, and each invented name. */
    @Test
    void eachActiveTenantHasItsPlaceWhileAClientInventsNames() throws IOException {
        ForkedJvm.Outcome outcome = run(FEW_INVENTED);
        assertThat(outcome.number("with-all-requests"))
                .isCloseTo(outcome.number("tenants"), within(TENANTS * 3L / 100));
    }

    /** Names without a place share the container {@code other}: invented ones, and new tenants. */
    @Test
    void activeTenantKeepsItsPlaceWhileAClientInventsMoreNamesThanPlaces() throws IOException {
        ForkedJvm.Outcome outcome = run(MANY_INVENTED);
        assertThat(outcome.number("with-all-requests")).isPositive();
    }

    /**
     * A request is charged what the program measures, and a few microseconds of its way in and out.
     * An interrupt of the CPU counts as well. So a tenant with four milliseconds may have a tenth
     * more, a few of them more than that, and all of them together have one per cent.
     */
    private ForkedJvm.Outcome run(int inventedInAMinute) throws IOException {
        Path rules = folder.resolve("rules.conf");
        Files.writeString(
                rules,
                "enter " + PlacesProgram.class.getName()
                        + "$Service#serve(String, ..) -> /tenants/{0}\n");
        ForkedJvm.Outcome outcome = ForkedJvm.on(Jdk.newest())
                .timeoutSeconds(60 + TENANTS / 50)
                .flags(CpuLoad.FLAG)
                .agentArguments("idle=1s,rules=" + rules)
                .runMain(PlacesProgram.class, "" + TENANTS, "" + inventedInAMinute);
        assertThat(outcome.number("served")).isEqualTo(TENANTS);
        long measured = outcome.number("measured");
        assertThat(outcome.number("charged"))
                .isBetween(measured * 99 / 100, measured * 101 / 100 + outcome.number("inventor"));
        assertThat(outcome.number("tenants")).isGreaterThan(TENANTS / 4);
        assertThat(outcome.number("wrong")).isLessThan(TENANTS * 3L / 100);
        // With the container other. Each worker may make one more while the client makes the last.
        assertThat(outcome.number("most-places"))
                .isBetween((long) ACTIVE, PLACES + 1L + PlacesProgram.WORKERS);
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
        return outcome;
    }
}
