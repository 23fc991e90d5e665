package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of the page about tenants, on the services that the page names. */
class TenantsIT {

    private static final Pattern LINE_OF_TABLE = Pattern.compile("\\| `(enter [^`]+)` \\|");
    private static final Pattern LINES_OF_WEBFLUX =
            Pattern.compile("(?s)## WebFlux\n.*?```\n(.*?)```");

    /** The rest is the client, Spring's filters before the tenant is known, and the warm-up. */
    private static final double LEAST_OF_TENANTS = 0.25;

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void eachLineOfTheTableTellsTheTenantsApart(int feature) throws IOException {
        Service service = wanted("tenants", feature);
        List<String> lines = new ArrayList<>();
        Matcher line = LINE_OF_TABLE.matcher(page());
        while (line.find()) {
            lines.add(line.group(1).replace("\\|", "|"));
        }
        assertThat(lines).hasSize(12);
        Reading reading = run(service, inHierarchies(lines));
        for (int i = 0; i < lines.size(); i++) {
            TenantShares.areOneToTwoToThree(reading, "line" + i + "/%s", LEAST_OF_TENANTS);
        }
    }

    /** All lines are tested at once, each in a hierarchy of its own. */
    private static String inHierarchies(List<String> lines) {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).contains("-> /tenants/");
            rules.append(lines.get(i).replace("-> /tenants/", "-> hierarchy line" + i + " /"))
                    .append('\n');
        }
        return rules.toString();
    }

    @Test
    void eachLineForWebFluxTellsTheTenantsApart() throws IOException {
        Service service = wanted("tenants-webflux", 25);
        Matcher lines = LINES_OF_WEBFLUX.matcher(page());
        assertThat(lines.find()).isTrue();
        Reading reading = run(service, lines.group(1));
        TenantShares.areOneToTwoToThree(reading, "/tenants/%s", LEAST_OF_TENANTS);
        // Two of the three kinds of requests run this lambda.
        TenantShares.areOneToTwoToThree(reading, "job/%s", LEAST_OF_TENANTS / 2);
        for (String kind : List.of("orders", "bills", "mails")) {
            assertThat(reading.share("endpoint/GET/{tenant}/" + kind + "/{id}"))
                    .as("%s in %s", kind, reading.containers())
                    .isGreaterThan(LEAST_OF_TENANTS / 8);
        }
    }

    private static Reading run(Service service, String rules) throws IOException {
        Path file = Files.createTempFile(ForkedJvm.temporaryFiles(), "tenants-", ".conf");
        Files.writeString(file, rules);
        Reading reading = service.start().agentArguments("rules=" + file).run();
        System.out.println(service + " on " + service.jdk() + ": " + reading);
        assertThat(reading.outcome().err()).doesNotContain("corral:");
        return reading;
    }

    private static Service wanted(String name, int feature) {
        Service service = new Service(name, feature);
        Assumptions.assumeTrue(service.isWanted());
        return service;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../../docs/tenants.md"));
    }
}
