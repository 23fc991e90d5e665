package io.corral.integration.support;

import io.corral.integration.harness.ThreadKind;

import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * An application that does not use Corral. Loads all classes of libraries, starts threads, and
 * prints how many the runtime in the boot loader has counted, if there is one.
 */
public final class ArchiveProgram {

    public static final int THREADS = 5;

    private ArchiveProgram() {}

    public static void main(String[] arguments) throws Exception {
        for (String library : arguments) {
            loadAll(library);
        }
        for (ThreadKind kind : ThreadKind.values()) {
            for (int i = 0; kind.isSupported() && i < THREADS; i++) {
                kind.run(() -> {});
            }
        }
        Class<?> containers = bootClass("io.corral.Containers");
        System.out.println("active="
                + (containers != null
                        && (boolean) containers.getMethod("isActive").invoke(null)));
        if (containers != null) {
            Object threads = containers.getMethod("at", String.class).invoke(null, "/threads");
            Object usage = bootClass("io.corral.Container").getMethod("usage").invoke(threads);
            for (String counter : new String[] {"forks", "exits"}) {
                Object value = bootClass("io.corral.Usage").getMethod(counter).invoke(usage);
                System.out.println(counter + "=" + value);
            }
        }
    }

    private static void loadAll(String library) throws Exception {
        try (JarFile jar = new JarFile(library)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class")
                        && !name.startsWith("META-INF")
                        && !name.contains("-")) {
                    load(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
                }
            }
        }
    }

    private static void load(String name) throws ClassNotFoundException {
        try {
            Class.forName(name, false, ArchiveProgram.class.getClassLoader());
        } catch (NoClassDefFoundError optionalPart) {
            // A class that refers to a missing library.
        }
    }

    private static Class<?> bootClass(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException noAgent) {
            return null;
        }
    }
}
