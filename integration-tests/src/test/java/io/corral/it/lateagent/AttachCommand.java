package io.corral.it.lateagent;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;

import java.io.File;
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
        return tool("attach", words);
    }

    /** Runs another command of the same kind. */
    ForkedJvm.Outcome tool(String name, String... words) {
        String tools = ForkedJvm.toolsDir();
        List<String> command = new ArrayList<>(List.of(
                jdk.command("java"),
                "-cp",
                String.join(
                        File.pathSeparator,
                        tools + "/corral-tools.jar",
                        ForkedJvm.runtimeJar(),
                        ForkedJvm.agentJar(),
                        tools + "/lib/*"),
                "io.corral.tools.Tools",
                name));
        command.addAll(List.of(words));
        return ForkedJvm.on(jdk).directory(folder.toFile()).runCommand(command);
    }
}
