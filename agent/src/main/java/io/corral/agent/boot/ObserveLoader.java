package io.corral.agent.boot;

import io.corral.runtime.notice.Recorder;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Loads the package {@code io.corral.runtime.observe}, class by class as it is needed. From JDK 21 on JFR
 * takes event classes of the boot loader for the JDK's own, and leaves those called {@code Container…}
 * without instrumentation unless the JVM runs in a container.
 */
public final class ObserveLoader extends ClassLoader {

    /** Stays open. Not read as a resource: that would fix the application's default file system. */
    private final ZipFile jar;

    private ObserveLoader(ZipFile jar) {
        super("corral", null);
        this.jar = jar;
    }

    public static Recorder recorder() throws Exception {
        return (Recorder) new ObserveLoader(new ZipFile(RuntimeClasses.jar()))
                .loadClass("io.corral.runtime.observe.JfrEvents")
                .getDeclaredConstructor()
                .newInstance();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ZipEntry entry = jar.getEntry(
                RuntimeClasses.FOLDER + name.replace('.', '/') + RuntimeClasses.ENDING);
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] classFile = in.readAllBytes();
            return defineClass(name, classFile, 0, classFile.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
