package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.Sample;
import io.corral.benchmarks.harness.Setup;
import io.corral.benchmarks.harness.SuiteOptions;
import java.util.List;
import picocli.CommandLine.Command;

/** What Corral costs the demo's service under load, over the empty agent. */
@Command(
        name = "service",
        description = "The CPU time of a request to the demo's service under load.")
public final class ServiceSuite extends LoadedServices {

    public ServiceSuite(SuiteOptions options) {
        super(
                options,
                List.of(
                        new Variant(Setup.NO_AGENT, View.NONE),
                        new Variant(Setup.EMPTY_AGENT, View.NONE),
                        new Variant(Setup.EXACT, View.NONE),
                        new Variant(Setup.ADAPTIVE, View.NONE),
                        new Variant(Setup.EMPTY_AGENT, View.RECORDING),
                        new Variant(Setup.EXACT, View.RECORDING)));
    }

    @Override
    Plan plan() {
        return new Plan(quickOr(1, 7), quickOr(8, 20), quickOr(6, 10), 0, Sample::median);
    }

    /** Under the same recording settings. */
    @Override
    Variant base(Variant variant) {
        return new Variant(Setup.EMPTY_AGENT, variant.view());
    }
}
