package io.corral.agent.pack;

import io.corral.agent.weave.KeyClass;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Writes the images that the agent carries. One is read in one go at each start, by {@code BootImage}: the agent, the runtime, the
 * weaver with its library, what stands in the JDK's packages, and what is loaded when it is needed. The other is read where rules
 * name methods, by {@code EntryLoader}, and packed tight: the way in for the methods, and who weaves them with its library.
 */
public final class Pack {

    /** Of the runtime, what is in the agent's loader: see {@code AgentLoader}. */
    private static final List<String> LAZY =
            List.of("io/corral/runtime/observe/", "io/corral/runtime/rules/");

    /** Of the agent, what is. Its options are in the jar as well, for who starts that, and for tools. */
    private static final List<String> AGENT =
            List.of("io/corral/agent/start/", "io/corral/agent/boot/", "io/corral/agent/options/");

    /** Who registers the events is asked at each start; the rest of them is loaded with a recording. */
    private static final List<String> EVENTS =
            List.of("io/corral/runtime/observe/JfrEvents", "io/corral/runtime/observe/JfrEvents$1");

    private static final String WEAVE = "io/corral/agent/weave/";
    private static final String ENTRY = "io/corral/agent/entry/";

    /** What woven methods of the application call, and the mate that takes its place there. */
    private static final String ENTRY_HOOK = "io/corral/runtime/hook/EntryHook";

    private static final String ENTRY_DISPATCHER = "java/lang/CorralEntry";

    private Pack() {}

    /** @param arguments the folders of the runtime's classes, the mates' and the agent's */
    public static void main(String[] arguments) throws IOException {
        Path runtime = Path.of(arguments[0]);
        Path mates = Path.of(arguments[1]);
        Path agent = Path.of(arguments[2]);
        Path folder = Files.createDirectories(agent.resolve("corral-boot"));
        write(folder.resolve("boot.image"), out -> {
            ClassFiles start = agent(agent);
            addRuntime(runtime, EVENTS::contains, start);
            start.writeTo(out);
            runtime(runtime, name -> !isLazy(name)).writeTo(out);
            library(Library.asm(), agent, WEAVE).writeTo(out);
            mates(mates, name -> !name.equals(ENTRY_DISPATCHER)).writeTo(out);
            runtime(runtime, name -> isLazy(name) && !EVENTS.contains(name)).packTo(out);
        });
        write(folder.resolve("entry.image"), out -> {
            mates(mates, ENTRY_DISPATCHER::equals).packTo(out);
            library(Library.byteBuddy(Map.of(ENTRY_HOOK, ENTRY_DISPATCHER)), agent, ENTRY)
                    .packTo(out);
        });
    }

    /** The parts of an image. */
    private interface Parts {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** With a checksum of all behind it. */
    private static void write(Path image, Parts parts) throws IOException {
        CRC32 checksum = new CRC32();
        try (DataOutputStream out = new DataOutputStream(
                new CheckedOutputStream(Files.newOutputStream(image), checksum))) {
            parts.writeTo(out);
            out.writeInt((int) checksum.getValue());
        }
    }

    private static boolean isLazy(String name) {
        return LAZY.stream().anyMatch(name::startsWith);
    }

    private static ClassFiles agent(Path folder) throws IOException {
        ClassFiles classes = new ClassFiles();
        for (String name : ClassFiles.in(folder)) {
            if (AGENT.stream().anyMatch(name::startsWith)) {
                classes.add(name, ClassFiles.read(folder, name));
            }
        }
        return classes;
    }

    private static ClassFiles runtime(Path folder, Predicate<String> chosen) throws IOException {
        ClassFiles classes = new ClassFiles();
        addRuntime(folder, chosen, classes);
        return classes;
    }

    private static void addRuntime(Path folder, Predicate<String> chosen, ClassFiles classes)
            throws IOException {
        for (String name : ClassFiles.in(folder)) {
            if (chosen.test(name)) {
                classes.add(
                        name,
                        name.equals(KeyClass.NAME)
                                ? KeyClass.classFile(false)
                                : JdkAnnotations.replace(ClassFiles.read(folder, name)));
            }
        }
    }

    /** The agent's classes below {@code prefix}, and what they need of a library. */
    private static ClassFiles library(Library library, Path folder, String prefix)
            throws IOException {
        ClassFiles classes = new ClassFiles();
        for (String name : ClassFiles.in(folder)) {
            if (name.startsWith(prefix)) {
                classes.add(name, library.relocate(ClassFiles.read(folder, name)));
            }
        }
        library.addTo(classes);
        return classes;
    }

    private static ClassFiles mates(Path folder, Predicate<String> chosen) throws IOException {
        ClassFiles classes = new ClassFiles();
        for (String name : ClassFiles.in(folder)) {
            if (chosen.test(name)) {
                classes.add(name, ClassFiles.read(folder, name));
            }
        }
        return classes;
    }
}
