package io.corral.integration.loaders;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.security.ProtectionDomain;

/**
 * A loader like that of an OSGi bundle: takes classes of {@code io.corral} from its own jars only.
 */
final class BundleLoader extends ClassLoader {

    /** The ways to define a class. */
    enum Definition {
        ARRAY,
        BUFFER,
        /** Without a name as an argument; only the class file has it. */
        NAMELESS
    }

    private final Definition definition;
    private final URLClassLoader files;

    BundleLoader(Definition definition, URL... files) {
        super(ClassLoader.getPlatformClassLoader());
        this.definition = definition;
        this.files = new URLClassLoader(files, null);
    }

    /** A loader with the API and the tests' classes. */
    static BundleLoader of(Definition definition, String runtimeJar) throws IOException {
        return new BundleLoader(
                definition,
                new File(runtimeJar).toURI().toURL(),
                BundleLoader.class.getProtectionDomain().getCodeSource().getLocation());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("io.corral.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = files.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return switch (definition) {
                case ARRAY -> defineClass(name, bytes, 0, bytes.length);
                case BUFFER -> defineClass(name, ByteBuffer.wrap(bytes), (ProtectionDomain) null);
                case NAMELESS -> defineClass(null, bytes, 0, bytes.length);
            };
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }
}
