package io.corral.examples.demo;

import com.fasterxml.jackson.jr.ob.JSON;

import io.corral.examples.service.UsageReading;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All numbers of one run, as {@code --json} writes them. An unknown number is
 * {@code Long.MIN_VALUE} in the recording's part, as it is in events, and null in the API's part.
 *
 * @param warm the usage between warm-up and load
 * @param end the usage after the load
 * @param costs from {@code warm} to {@code end}
 * @param spread between the tenants' CPU time of a unit, over all endpoints
 * @param unattributed the share of the process's CPU time; NaN if unknown
 */
record Result(
        LoadResult load,
        UsageReading warm,
        UsageReading end,
        Recording recording,
        RecordingCheck check,
        List<CostPerUnit> costs,
        double spread,
        double unattributed) {

    static Result of(LoadResult load, UsageReading warm, UsageReading end, Recording recording) {
        List<CostPerUnit> costs = CostPerUnit.between(warm, end);
        Reconciliation cpu = recording.reconciliation();
        return new Result(
                load,
                warm,
                end,
                recording,
                RecordingCheck.of(recording, end),
                costs,
                CostPerUnit.spread(costs, CostPerUnit.ALL),
                cpu.unattributedShare());
    }

    void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).write(this, out);
        }
    }
}
