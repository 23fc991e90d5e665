package io.corral.integration.lateagent;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.ToolCommand;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code corral attach}, called in a folder, with a JDK. */
record AttachCommand(Jdk jdk, Path folder) {

    ForkedJvm.Outcome run(long pid, String... options) {
        List<String> words = new ArrayList<>(List.of(Long.toString(pid)));
        words.addAll(List.of(options));
        return run(words.toArray(new String[0]));
    }

    ForkedJvm.Outcome run(String... words) {
        return new ToolCommand(jdk, folder).run("attach", words);
    }
}
