package io.corral.packager;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Packs the content of the agent's jar from the modules' artifacts, and lists which class loader
 * gets which class. The launcher and the options become entries of the jar, where the system class
 * loader finds them. All other modules are in images, where no class loader searches.
 * {@code BootImage} describes them.
 */
public final class Packager {

    /**
     * The classes of events that are loaded at each start: they register the events. The others are
     * loaded when a recording needs them.
     */
    private static final Set<String> LOADED_AT_START =
            Set.of("io/corral/events/jfr/JfrEvents", "io/corral/events/jfr/JfrEvents$1");

    /** A class of the module whose classes are in packages of the JDK. */
    private static final String JDK_ACCESS = "java/lang/CorralEntryDispatcher.class";

    private final Path packed;
    private final ClassesByLoader list = new ClassesByLoader();

    private Packager(Path packed) {
        this.packed = packed;
    }

    /** @param arguments the folder that the build of the jar writes to */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        Packager packager = new Packager(target.resolve("packed"));
        packager.writeEntries();
        packager.writeBootImage();
        packager.writeImage("methods", module("methods"), RelocatedLibrary.byteBuddy());
        ClassFiles metrics = module("metricseries");
        metrics.addAll(module("metrics"));
        packager.writeImage(
                "metrics",
                metrics,
                RelocatedLibrary.prometheus(),
                RelocatedLibrary.openTelemetry());
        packager.list.writeTo(target.resolve("classes-by-loader.txt"));
    }

    private void writeEntries() throws IOException {
        ClassFiles entries = new ClassFiles();
        entries.addAll(module("launcher"));
        entries.addAll(module("options"));
        entries.copyTo(packed);
        list.add("system", entries);
    }

    private void writeBootImage() throws IOException {
        ClassFiles agent = new ClassFiles();
        agent.addAll(module("start"));
        agent.addAll(module("options"));
        ClassFiles lazy = new ClassFiles();
        lazy.addAll(annotated(module("rules")));
        ClassFiles events = annotated(module("events"));
        for (String name : events.names()) {
            (LOADED_AT_START.contains(name) ? agent : lazy).add(name, events.get(name));
        }
        ClassFiles runtime = annotated(module("runtime"));
        DefaultRulesClass.putInto(runtime);
        ClassFiles weaver = RelocatedLibrary.asm().relocateAll(module("weaver"));
        ClassFiles jdkAccess = ClassFiles.in(location(JDK_ACCESS));
        write("boot.image", out -> {
            agent.writeTo(out);
            runtime.writeTo(out);
            weaver.writeTo(out);
            jdkAccess.writeTo(out);
            lazy.packTo(out);
        });
        list.add("agent", agent);
        list.add("agent", lazy);
        list.add("boot", runtime);
        list.add("boot", weaver);
        list.add("boot", jdkAccess);
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

    /** The class files of the module whose packages begin with that name. */
    private static ClassFiles module(String name) throws IOException {
        return ClassFiles.in(location("io/corral/" + name + "/"));
    }

    /** The jar or the folder on the class path that has the resource. There must be one. */
    private static Path location(String resource) throws IOException {
        List<URL> found = Collections.list(Packager.class.getClassLoader().getResources(resource));
        if (found.size() != 1) {
            throw new IOException("expected one module with " + resource + ", found " + found);
        }
        String url = found.get(0).toString();
        String root = url.substring(0, url.length() - resource.length());
        return Path.of(
                URI.create(root.startsWith("jar:") ? root.substring(4, root.length() - 2) : root));
    }

    private static ClassFiles annotated(ClassFiles classes) {
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
