package io.corral.commands.view;

import io.corral.commands.reading.Reading;
import io.corral.commands.reading.Source;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rates of one JVM or recording. */
public final class SourceRates implements RateSource {

    private final Source source;
    private @Nullable Reading before;

    public SourceRates(Source source) {
        this.source = source;
    }

    public Source source() {
        return source;
    }

    @Override
    public String title() {
        return source.title();
    }

    @Override
    public List<String> hierarchies() throws IOException {
        return source.hierarchies();
    }

    @Override
    public Rates next(String hierarchy) throws IOException {
        Reading earlier = before;
        Reading now = source.read(hierarchy);
        before = now;
        return Rates.between(
                earlier == null || !earlier.hierarchy().equals(hierarchy) ? null : earlier, now);
    }

    @Override
    public boolean wantMeanwhile(boolean isWanted) {
        return source.wantMeanwhile(isWanted);
    }

    @Override
    public void close() {
        source.close();
    }
}
