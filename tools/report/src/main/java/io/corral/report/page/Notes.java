package io.corral.report.page;

import io.corral.report.recording.RecordingContents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The notes of the page: what the recording lacks. The page's script has a sentence for each kind
 * of note.
 */
final class Notes {

    private Notes() {}

    static List<Object> json(RecordingContents contents) {
        List<Object> notes = new ArrayList<>();
        String damage = contents.damage();
        if (damage != null) {
            notes.add(note("damaged", damage));
        }
        if (contents.lostBytes() > 0) {
            notes.add(note("lostBytes", contents.lostBytes()));
        }
        if (contents.lostSamples() > 0) {
            notes.add(note("lostSamples", contents.lostSamples()));
        }
        if (contents.cpuSamples().size() == 0) {
            notes.add(note("noCpuSamples", ""));
        }
        if (contents.allocations.size() == 0) {
            notes.add(note("noAllocationSamples", ""));
        }
        if (!contents.placements.hasStays()) {
            notes.add(note("noStays", ""));
        }
        if (!contents.process.isKnown()) {
            notes.add(note("noProcess", ""));
        }
        return notes;
    }

    private static Object note(String kind, Object detail) {
        return Map.of("kind", kind, "detail", detail);
    }
}
