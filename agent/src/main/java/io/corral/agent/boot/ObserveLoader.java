package io.corral.agent.boot;

import io.corral.runtime.notice.Recorder;

import java.io.IOException;
import java.io.InputStream;

/**
 * Loads the package {@code io.corral.runtime.observe}, class by class as it is needed. From JDK 21 on JFR
 * takes event classes of the boot loader for the JDK's own, and leaves those called {@code Container…}
 * without instrumentation unless the JVM runs in a container.
 */
public final class ObserveLoader extends ClassLoader {

    private static final String FOLDER = "/corral-boot/";

    private ObserveLoader() {
        super("corral", null);
    }

    public static Recorder recorder() throws ReflectiveOperationException {
        return (Recorder) new ObserveLoader()
                .loadClass("io.corral.runtime.observe.JfrEvents")
                .getDeclaredConstructor()
                .newInstance();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = ObserveLoader.class.getResourceAsStream(
                FOLDER + name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] classFile = in.readAllBytes();
            return defineClass(name, classFile, 0, classFile.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
