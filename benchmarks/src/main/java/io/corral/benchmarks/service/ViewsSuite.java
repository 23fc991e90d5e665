package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.Sample;
import io.corral.benchmarks.harness.Setup;
import io.corral.benchmarks.harness.SuiteOptions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * What each view costs the demo's service under load, over Corral without a view. A turn is long
 * enough for a scrape.
 */
@Command(name = "views", description = "The CPU time of a request while a view is used, over none.")
public final class ViewsSuite extends LoadedServices {

    public ViewsSuite(SuiteOptions options) {
        super(
                options,
                Stream.of(View.NONE, View.METRICS, View.QUEUED, View.TOP, View.PROFILE)
                        .map(view -> new Variant(Setup.EXACT, view))
                        .toList());
    }

    @Override
    Plan plan() {
        // A view's cost comes once a second or seldomer, so no median.
        long nanos = TimeUnit.SECONDS.toNanos(5);
        return new Plan(quickOr(1, 5), quickOr(10, 20), 5, nanos, Sample::mean);
    }

    @Override
    Variant base(Variant variant) {
        return new Variant(Setup.EXACT, View.NONE);
    }
}
