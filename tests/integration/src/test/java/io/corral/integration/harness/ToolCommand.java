package io.corral.integration.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command of the module {@code tools}, called in a folder, with a JDK. */
public record ToolCommand(Jdk jdk, Path folder) {

    /** @param name such as {@code attach} */
    public ForkedJvm.Outcome run(String name, String... words) {
        return ForkedJvm.on(jdk).directory(folder.toFile()).runCommand(words(name, words));
    }

    /** The class path of the commands. */
    public static String classPath() {
        String tools = ForkedJvm.toolsDir();
        return String.join(
                File.pathSeparator,
                tools + "/corral-tools.jar",
                ForkedJvm.runtimeJar(),
                ForkedJvm.agentJar(),
                tools + "/lib/*");
    }

    /** The command line. */
    public List<String> words(String name, String... words) {
        List<String> command = new ArrayList<>(List.of(
                jdk.command("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "io.corral.commands.Tools",
                name));
        command.addAll(List.of(words));
        return command;
    }
}
