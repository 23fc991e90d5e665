package io.corral.agent.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * The runtime's classes, carried in this jar where no class loader searches, and defined in the boot
 * loader one by one. Anything that adds to the boot class path instead would cost the application its
 * class archive.
 */
final class RuntimeClasses {

    static final String FOLDER = "corral-boot/";
    static final String ENDING = ".class";

    /** Not for the boot loader: see {@link ObserveLoader}. */
    private static final String OBSERVE = "io/corral/runtime/observe/";

    private RuntimeClasses() {}

    static void define(BootAccess access) throws Exception {
        Map<String, byte[]> classFiles = read();
        while (!classFiles.isEmpty()) {
            define(classFiles.keySet().iterator().next(), classFiles, access);
        }
    }

    /** What a class extends or implements must be there before it is. */
    private static void define(@Nullable String name, Map<String, byte[]> rest, BootAccess access) {
        byte[] classFile = name == null ? null : rest.remove(name);
        if (name != null && classFile != null) {
            ClassReader reader = new ClassReader(classFile);
            define(reader.getSuperName(), rest, access);
            for (String superInterface : reader.getInterfaces()) {
                define(superInterface, rest, access);
            }
            access.define(name, ReservedStack.grant(reader, classFile));
        }
    }

    private static Map<String, byte[]> read() throws Exception {
        Map<String, byte[]> classFiles = new LinkedHashMap<>();
        File jar = jar();
        try (ZipFile zip = new ZipFile(jar)) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries();
                    entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String path = entry.getName();
                if (path.startsWith(FOLDER) && path.endsWith(ENDING)) {
                    String name = path.substring(FOLDER.length(), path.length() - ENDING.length());
                    if (!name.startsWith(OBSERVE)) {
                        try (InputStream in = zip.getInputStream(entry)) {
                            classFiles.put(name, in.readAllBytes());
                        }
                    }
                }
            }
        }
        if (classFiles.isEmpty()) {
            throw new IOException("no runtime in " + jar);
        }
        return classFiles;
    }

    static File jar() throws URISyntaxException {
        return new File(RuntimeClasses.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
