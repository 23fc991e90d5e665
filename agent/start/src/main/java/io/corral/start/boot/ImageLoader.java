package io.corral.start.boot;

import io.corral.launcher.AgentLoader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.ProtectionDomain;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one image, and the libraries in it, which no other loader can find. It is
 * created when they are needed.
 */
final class ImageLoader extends ClassLoader {

    private static final String ENDING = ".class";

    /** The class files by internal name. */
    private final Map<String, byte[]> classFiles;

    private final ProtectionDomain domain = AgentLoader.withoutLocation();

    ImageLoader(String name, Map<String, byte[]> classFiles) {
        super(name, ClassLoader.getPlatformClassLoader());
        this.classFiles = classFiles;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] classFile = classFiles.get(name.replace('.', '/'));
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length, domain);
    }

    /** Byte Buddy reads the advice as a class file. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] classFile = name.endsWith(ENDING)
                ? classFiles.get(name.substring(0, name.length() - ENDING.length()))
                : null;
        return classFile == null ? null : new ByteArrayInputStream(classFile);
    }
}
