package io.corral.agent.pack;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the image that the agent carries: the runtime, the weaver with its library, the nest mates of the JDK's
 * classes, and what is loaded when it is needed. At start it is read in one go, by {@code BootImage}.
 */
public final class Pack {

    /** What has a loader of its own: see {@code LazyLoader}. */
    private static final List<String> LAZY =
            List.of("io/corral/runtime/observe/", "io/corral/runtime/rules/");

    private static final String WEAVE = "io/corral/agent/weave/";

    private Pack() {}

    /** @param arguments the folder of the runtime's classes, and the one of the agent's */
    public static void main(String[] arguments) throws IOException {
        Path runtime = Path.of(arguments[0]);
        Path agent = Path.of(arguments[1]);
        Path image = agent.resolve("corral-boot/boot.image");
        Files.createDirectories(image.getParent());
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(image))) {
            runtime(runtime, false).writeTo(out);
            weaver(agent).writeTo(out);
            nestMates().writeTo(out);
            runtime(runtime, true).writeTo(out);
        }
        Files.write(agent.resolve(BootAccessClass.NAME + ".class"), BootAccessClass.classFile());
    }

    private static ClassFiles runtime(Path folder, boolean lazy) throws IOException {
        ClassFiles classes = new ClassFiles();
        for (String name : ClassFiles.in(folder)) {
            if (LAZY.stream().anyMatch(name::startsWith) == lazy) {
                classes.add(name, VmAnnotations.grant(ClassFiles.read(folder, name)));
            }
        }
        return classes;
    }

    private static ClassFiles weaver(Path folder) throws IOException {
        ClassFiles classes = new ClassFiles();
        Library library = new Library();
        for (String name : ClassFiles.in(folder)) {
            if (name.startsWith(WEAVE)) {
                classes.add(name, library.relocate(ClassFiles.read(folder, name)));
            }
        }
        library.addTo(classes);
        return classes;
    }

    private static ClassFiles nestMates() {
        ClassFiles classes = new ClassFiles();
        classes.add(AccessClasses.PLAIN_THREADS, AccessClasses.plainThreads());
        classes.add(AccessClasses.THREADS, AccessClasses.threads());
        classes.add(AccessClasses.VIRTUAL_THREADS, AccessClasses.virtualThreads());
        classes.add(AccessClasses.CLOCKS, AccessClasses.clocks());
        classes.add(
                AccessClasses.THREAD_MEMORY,
                AccessClasses.memory(AccessClasses.THREAD_MEMORY, "currentThread"));
        classes.add(
                AccessClasses.CARRIER_MEMORY,
                AccessClasses.memory(AccessClasses.CARRIER_MEMORY, "currentCarrierThread"));
        return classes;
    }
}
