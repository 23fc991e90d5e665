package io.corral.packager;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Packs the content of the agent's jar from the modules' class files, and lists which class loader
 * gets which class. The launcher and the options become entries of the jar, where the system class
 * loader finds them. All other modules are in images, where no class loader searches.
 * {@code BootImage} describes them.
 */
public final class Packager {

    /**
     * The extensions that are loaded at each start: they register the events. The others are loaded
     * when a recording or the rules need them.
     */
    private static final Set<String> LOADED_AT_START =
            Set.of("io/corral/events/jfr/JfrEvents", "io/corral/events/jfr/JfrEvents$1");

    private final Path project;
    private final Path packed;
    private final ClassesByLoader list = new ClassesByLoader();

    private Packager(Path project, Path packed) {
        this.project = project;
        this.packed = packed;
    }

    /** @param arguments the project's folder, and the folder that the build of the jar writes to */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[1]);
        Packager pack = new Packager(Path.of(arguments[0]), target.resolve("packed"));
        pack.writeEntries();
        pack.writeBootImage();
        pack.writeImage("methods", pack.module("agent/methods"), RelocatedLibrary.byteBuddy());
        ClassFiles metrics = pack.module("agent/metric-series");
        metrics.addAll(pack.module("agent/metrics"));
        pack.writeImage(
                "metrics",
                metrics,
                RelocatedLibrary.prometheus(),
                RelocatedLibrary.openTelemetry());
        pack.list.writeTo(target.resolve("classes-by-loader.txt"));
    }

    private void writeEntries() throws IOException {
        ClassFiles entries = new ClassFiles();
        entries.addAll(module("agent/launcher"));
        entries.addAll(module("agent/options"));
        entries.copyTo(packed);
        list.add("system", entries);
    }

    private void writeBootImage() throws IOException {
        ClassFiles agent = new ClassFiles();
        agent.addAll(module("agent/start"));
        agent.addAll(module("agent/options"));
        ClassFiles lazy = new ClassFiles();
        lazy.addAll(annotated("agent/rules"));
        ClassFiles events = annotated("agent/events");
        for (String name : events.names()) {
            (LOADED_AT_START.contains(name) ? agent : lazy).add(name, events.get(name));
        }
        ClassFiles runtime = annotated("runtime");
        DefaultRulesClass.putInto(runtime);
        ClassFiles weaver = RelocatedLibrary.asm().relocateAll(module("agent/weaver"));
        ClassFiles mates = module("agent/jdk-access");
        write("boot.image", out -> {
            agent.writeTo(out);
            runtime.writeTo(out);
            weaver.writeTo(out);
            mates.writeTo(out);
            lazy.packTo(out);
        });
        list.add("agent", agent);
        list.add("agent", lazy);
        list.add("boot", runtime);
        list.add("boot", weaver);
        list.add("boot", mates);
    }

    /** Writes the image of a class loader of its own, with its libraries. */
    private void writeImage(String loader, ClassFiles own, RelocatedLibrary... libraries)
            throws IOException {
        ClassFiles classes = own;
        for (RelocatedLibrary library : libraries) {
            classes = library.relocateAll(classes);
        }
        write(loader + ".image", classes::packTo);
        list.add(loader, classes);
    }

    /** The class files of a module. */
    private ClassFiles module(String name) throws IOException {
        return ClassFiles.in(project.resolve(name).resolve("target/classes"));
    }

    private ClassFiles annotated(String name) throws IOException {
        ClassFiles classes = module(name);
        for (String each : classes.names()) {
            classes.add(each, JdkAnnotations.replace(classes.get(each)));
        }
        return classes;
    }

    /** Writes the parts of an image. */
    private interface Parts {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** Writes an image, with a checksum of its parts at its end. */
    private void write(String image, Parts parts) throws IOException {
        Path folder = Files.createDirectories(packed.resolve("corral-boot"));
        CRC32 checksum = new CRC32();
        try (DataOutputStream out = new DataOutputStream(
                new CheckedOutputStream(Files.newOutputStream(folder.resolve(image)), checksum))) {
            parts.writeTo(out);
            out.writeInt((int) checksum.getValue());
        }
    }
}
