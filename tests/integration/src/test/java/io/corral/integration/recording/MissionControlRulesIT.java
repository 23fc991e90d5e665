package io.corral.integration.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.CpuLoad;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.TypedCollectionResult;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/** Corral's rules in Mission Control's engine, on a recording under the agent. */
@Tag("full")
class MissionControlRulesIT {

    @TempDir
    private Path folder;

    @Test
    void rulesNameTheTenantsAndTheLeak() throws Exception {
        Path file = folder.resolve("app.jfr");
        ForkedJvm.Outcome outcome = ForkedJvm.on(Jdk.newest())
                .flags(CpuLoad.FLAG, "-XX:StartFlightRecording:filename=" + file)
                .runMain(FindingsProgram.class);
        Map<String, IResult> results = results(file);
        assertThat(results).hasSize(5);
        IResult share = results.get("CorralCpuShare");
        assertThat(share.getSeverity()).isEqualTo(Severity.WARNING);
        assertThat(text(share, "container")).isEqualTo("/tenants/acme");
        // The recording begins before main.
        assertThat(quantity(share, "value").doubleValueIn(UnitLookup.PERCENT))
                .isCloseTo(100.0 * outcome.number("acme") / outcome.number("all"), offset(5.0));
        IResult threads = results.get("CorralGrowingThreads");
        assertThat(threads.getSeverity()).isEqualTo(Severity.WARNING);
        assertThat(text(threads, "container")).isEqualTo("/leak");
        assertThat(quantity(threads, "count").longValue()).isEqualTo(FindingsProgram.THREADS);
        IResult limits = results.get("CorralLimits");
        assertThat(limits.getSeverity()).isEqualTo(Severity.INFO);
        assertThat((Collection<?>) result(limits, "containers"))
                .singleElement()
                .asString()
                .endsWith("(requests.max; " + FindingsProgram.REFUSED + " refused, 0 waited)")
                .startsWith("/tenants/trial: 100");
        assertThat(results.get("CorralUnattributedCpu").getSeverity()).isNotEqualTo(Severity.NA);
    }

    private static Map<String, IResult> results(Path file) throws Exception {
        List<IRule> ours = RuleRegistry.getRules().stream()
                .filter(each -> each.getTopic().equals("Corral"))
                .toList();
        Map<IRule, Future<IResult>> futures = RulesToolkit.evaluateParallel(
                ours,
                JfrLoaderToolkit.loadEvents(file.toFile()),
                IPreferenceValueProvider.DEFAULT_VALUES,
                2);
        Map<String, IResult> results = new HashMap<>();
        for (Map.Entry<IRule, Future<IResult>> each : futures.entrySet()) {
            results.put(each.getKey().getId(), each.getValue().get());
        }
        return results;
    }

    private static Object result(IResult result, String id) {
        TypedResult<?> type = result.getRule().getResults().stream()
                .filter(each -> each.getIdentifier().equals(id))
                .findFirst()
                .orElseThrow();
        return type instanceof TypedCollectionResult<?> several
                ? result.getResult(several)
                : result.getResult(type);
    }

    private static String text(IResult result, String id) {
        return (String) result(result, id);
    }

    private static IQuantity quantity(IResult result, String id) {
        return (IQuantity) result(result, id);
    }
}
